using ConsentPortal.Domain.Policy.Holidays;

namespace ConsentPortal.Domain.Consent;

/// <summary>By when the law wants a stop honoured. The portal honours it before the next text; these days stand beside it as the proof that it was in time.</summary>
/// <param name="Conservative">Only Saturdays and Sundays are no business days.</param>
/// <param name="Statutory">Public holidays of the place are none either: the last lawful day.</param>
public sealed record OptOutDeadline(DateOnly Conservative, DateOnly Statutory)
{
    private const int NorthAmerica = 10;
    private const int Australia = 5;

    /// <param name="region">ISO 3166 of the number or the person; null or any other place: at once.</param>
    /// <param name="saidOn">The day on which the person said so, by the organisation's own clock.</param>
    public static OptOutDeadline For(string? region, DateOnly saidOn) => region switch
    {
        // 47 CFR 64.1200(a)(10): ten business days from receipt (US-15, C-08).
        "US" => Of(saidOn, NorthAmerica, UsHolidays.Federal.Contains),
        // CASL s. 11(3): ten business days.
        "CA" => Of(saidOn, NorthAmerica, CanadianHolidays.Federal.Contains),
        // Spam Act 2003, schedule 2 clause 6: five business days, and the day of the request is the first (AU-02).
        "AU" => Of(saidOn.AddDays(-1), Australia, AustralianHolidays.National.Contains),
        _ => new OptOutDeadline(saidOn, saidOn),
    };

    /// <summary>By the law of the number's place, or of the person's where that one is stricter (N-02, C-06).</summary>
    /// <param name="declared">ISO 3166; null where the person has not said where they live.</param>
    /// <inheritdoc cref="For(string?, DateOnly)"/>
    public static OptOutDeadline For(string? region, string? declared, DateOnly saidOn)
    {
        var ofNumber = For(region, saidOn);
        var ofPerson = declared is null ? ofNumber : For(declared, saidOn);
        return ofPerson.Statutory < ofNumber.Statutory ? ofPerson : ofNumber;
    }

    private static OptOutDeadline Of(DateOnly before, int days, Func<DateOnly, bool> isFree) => new(Nth(before, days, _ => false), Nth(before, days, isFree));

    private static DateOnly Nth(DateOnly before, int n, Func<DateOnly, bool> isFree)
    {
        var day = before;
        for (var counted = 0; counted < n;)
        {
            day = day.AddDays(1);
            counted += Days.IsWeekend(day) || isFree(day) ? 0 : 1;
        }

        return day;
    }
}
