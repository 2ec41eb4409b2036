using PhoneNumbers;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>
/// A possible and valid number in E.164 (O-01); two numbers are the same when their E.164 is. <see cref="ToString"/> is
/// masked so that it can stand in a log.
/// </summary>
/// <param name="Region">
/// ISO 3166 region of the number by its numbering plan, not by its calling code (N-01): +1 416… is CA, +44 7624… is IM.
/// "001" for numbers of no country.
/// </param>
public sealed record PhoneNumber(string E164, string Region)
{
    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    public LineType LineType { get; init; }

    /// <summary>
    /// Reads a number as people write it: with spaces, brackets and dashes, national or international, with 00 or +, as a
    /// tel: link, in any script's digits, with a label or an extension behind it.
    /// </summary>
    /// <param name="region">ISO 3166 region whose national format is assumed where the text names no country; null assumes none.</param>
    /// <returns>The number, or a <see cref="PhoneRefused"/>; a valid number that no text reaches (O-02) or that is nobody's (O-05) is refused too.</returns>
    public static Result<PhoneNumber> Parse(string? text, string? region)
    {
        var written = PhoneText.Read(text);
        if (written.Refused is { } refused)
            return refused;
        var home = PhoneText.RegionCode(region);
        var first = Interpret(written.Digits, home);
        if (first.IsSuccess || written.Literal is null)
            return first;
        // "00" is the usual way to leave a country, yet some plans use it otherwise; the text itself is the second reading.
        var second = Interpret(written.Literal, home);
        return second.IsSuccess || home is not null ? Better(first, second) : first;
    }

    public override string ToString() => Mask(E164);

    /// <summary>A number for a screen: calling code, first group and last four digits: +1 415 ••• 0100. The group is left out where fewer than three digits would stay hidden.</summary>
    /// <param name="e164">Anything else than a number gives bullets only.</param>
    public static string Mask(string? e164) => PhoneMask.Of(e164);

    public bool Equals(PhoneNumber? other) => other is not null && E164 == other.E164;

    public override int GetHashCode() => E164.GetHashCode(StringComparison.Ordinal);

    private static Result<PhoneNumber> Interpret(string digits, string? home)
    {
        PhoneNumbers.PhoneNumber number;
        try
        {
            number = Plans.Parse(digits, home);
        }
        catch (NumberParseException problem)
        {
            return Refusal(problem.ErrorType);
        }

        if (Impossible(number) is { } impossible)
            return impossible;
        // Valid is what has a region and, there, a kind: asked once each, because both compare with all patterns of the plan.
        var region = Plans.GetRegionCodeForNumber(number);
        var type = region is null ? PhoneNumberType.UNKNOWN : Plans.GetNumberType(number);
        return region is null || type == PhoneNumberType.UNKNOWN ? new NumberIsInvalid() : Usable(number, region, Line(type));
    }

    private static Result<PhoneNumber> Usable(PhoneNumbers.PhoneNumber number, string region, LineType line)
    {
        if (!line.CanReceiveTexts())
            return new LineTypeCannotReceive(line);
        var e164 = Plans.Format(number, PhoneNumberFormat.E164);
        return FakeRanges.Contains(e164)
            ? new NumberIsReserved()
            : new PhoneNumber(e164, region) { LineType = line };
    }

    private static Result<PhoneNumber> Better(Result<PhoneNumber> plus, Result<PhoneNumber> literal) =>
        literal.IsSuccess || plus.Failure is CountryIsInvalid ? literal : plus;

    private static PhoneRefused? Impossible(PhoneNumbers.PhoneNumber number) => Plans.IsPossibleNumberWithReason(number) switch
    {
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
        PhoneNumberUtil.ValidationResult.TOO_LONG => new NumberIsTooLong(),
        PhoneNumberUtil.ValidationResult.TOO_SHORT or PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => new NumberIsTooShort(),
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => new CountryIsInvalid(),
        PhoneNumberUtil.ValidationResult.INVALID_LENGTH => new NumberIsInvalid(),
    };

    private static PhoneRefused Refusal(ErrorType problem) => problem switch
    {
        ErrorType.INVALID_COUNTRY_CODE => new CountryIsInvalid(),
        ErrorType.NOT_A_NUMBER => new NotANumber(),
        ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => new NumberIsTooShort(),
        ErrorType.TOO_LONG => new NumberIsTooLong(),
    };

    internal static LineType Line(PhoneNumberType type) => type switch
    {
        PhoneNumberType.MOBILE => LineType.Mobile,
        PhoneNumberType.FIXED_LINE_OR_MOBILE => LineType.FixedLineOrMobile,
        PhoneNumberType.FIXED_LINE => LineType.FixedLine,
        PhoneNumberType.VOIP => LineType.Voip,
        PhoneNumberType.TOLL_FREE => LineType.TollFree,
        PhoneNumberType.PREMIUM_RATE => LineType.PremiumRate,
        PhoneNumberType.SHARED_COST => LineType.SharedCost,
        PhoneNumberType.PERSONAL_NUMBER => LineType.PersonalNumber,
        PhoneNumberType.PAGER => LineType.Pager,
        PhoneNumberType.UAN => LineType.Uan,
        PhoneNumberType.VOICEMAIL => LineType.Voicemail,
        PhoneNumberType.UNKNOWN => LineType.Unknown,
    };
}
