using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>On which side of its instant a rule has something against a text.</summary>
internal enum Speaks
{
    /// <summary>At the instant and after it.</summary>
    From,

    /// <summary>Only after it: the instant itself is still lawful.</summary>
    After,

    /// <summary>Only before it.</summary>
    Until,
}

/// <summary>One instant at which a rule changes its mind while nothing but the clock moves.</summary>
/// <param name="Rule">The rule that says where the instant lies.</param>
/// <param name="By">The rule in whose name the gate speaks, where that is another one.</param>
internal sealed record ClockEdge(string Rule, string What, string Instant, Speaks Speaks, SendFacts Facts)
{
    public PolicyVersion Policy { get; init; } = Statute;

    public string By { get; init; } = Rule;

    public DateTimeOffset At => Tests.Policy.Facts.At(Instant);

    public bool SpeaksAt(int second) => Speaks switch
    {
        Speaks.From => second >= 0,
        Speaks.After => second > 0,
        Speaks.Until => second < 0,
    };
}

/// <summary>The instants of every rule that looks at a clock, hours and caps of rule sets excepted: those are walked through as data.</summary>
internal static class ClockEdges
{
    /// <summary>A Tuesday noon in New York.</summary>
    private const string Noon = "2026-11-24T17:00:00Z";

    private const string Sydney = "+61412345678";
    private const string Singapore = "+6581234567";

    private static readonly SendConsent Spoken = Written with { Level = ConsentLevel.Express };

    private static readonly SendConsent ByDealing = new() { State = ConsentStatus.Granted, Level = ConsentLevel.Implied, Method = CaptureMethod.Import, Brand = "Aurora" };

    private static readonly SendFacts Listed = Marketing(NewYork) with { Consent = Spoken, Dnc = new DncCheck(true, At("2026-11-20T00:00:00Z")) };

    private static readonly SendFacts InMaine = Marketing(NewYork) with { DeclaredCountry = "US", DeclaredState = "ME", Reassigned = null };

    private static readonly SendFacts Canadian = Marketing(Toronto) with
    {
        Consent = ByDealing, Body = new MessageBody("Aurora: new boots are in. 1 King St, Toronto, aurora.example/help. Reply STOP to opt out."),
    };

    public static IReadOnlyList<ClockEdge> All { get; } =
    [
        .. OfStops(), .. OfRegisters(), .. OfDealings(), .. OfConsents(), .. OfMaine(), .. OfUtah(), .. OfTheHouse(), .. OfWishes(), .. OfPlaces(),
    ];

    private static IEnumerable<ClockEdge> OfStops()
    {
        yield return new("US-16", "300 seconds after the stop", "2026-11-24T17:05:00Z", Speaks.After, Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, Suppression = SuppressionScope.All, Body = new MessageBody("Aurora: you are unsubscribed."),
            Answers = new InboundAnswer(AnswerKind.OptOutConfirmation, At(Noon)),
        });
        var notice = Marketing(NewYork) with { MessageClass = MessageClass.Informational, Suppression = SuppressionScope.Marketing, Body = new MessageBody("Aurora: our shop in Main Street has moved.") };
        yield return new("US-19", "a stop to one ends all", "2027-01-31T00:00:00Z", Speaks.From, notice);
        yield return new("US-20", "FCC 26-67 supersedes it", "2027-06-01T00:00:00Z", Speaks.Until, notice) { By = "US-19", Policy = Statute with { Fcc2667EffectiveOn = new DateOnly(2027, 6, 1) } };
    }

    private static IEnumerable<ClockEdge> OfRegisters()
    {
        yield return new("US-22", "the copy is 31 days old", Noon, Speaks.After, Listed with { Dnc = new DncCheck(false, At(Noon).AddDays(-31)) });
        yield return new("SG", "the answer is 21 days old", Noon, Speaks.After, Marketing(Singapore) with { Consent = Spoken, Dnc = new DncCheck(false, At(Noon).AddDays(-21)) });
        yield return new("US-26", "the answer is 30 days old", Noon, Speaks.After, Marketing(NewYork) with { Reassigned = new ReassignedCheck(ReassignedAnswer.No, At(Noon).AddDays(-30)) });
    }

    private static IEnumerable<ClockEdge> OfDealings()
    {
        yield return new("US-23", "18 months after a purchase", Noon, Speaks.From, Listed with { PurchaseAt = At("2025-05-24T17:00:00Z") }) { By = "US-22" };
        yield return new("US-23", "3 months after an inquiry", Noon, Speaks.From, Listed with { Consent = Spoken with { ImpliedFrom = new ImpliedFrom(ImpliedKind.Inquiry, At("2026-08-24T17:00:00Z")) } }) { By = "US-22" };
        yield return new("C-09", "18 months after 31 August", "2026-02-28T12:00:00Z", Speaks.From, Listed with
        {
            PurchaseAt = At("2024-08-31T12:00:00Z"), Dnc = new DncCheck(true, At("2026-02-20T00:00:00Z")),
        }) { By = "US-22" };

        yield return new("CASL-04", "two years after a purchase", "2026-11-24T00:00:00Z", Speaks.From, Canadian with { PurchaseAt = At("2024-11-24T12:00:00Z") });
        yield return new("CASL-04", "six months after an inquiry", "2026-11-24T00:00:00Z", Speaks.From, Inquired("2026-05-24T12:00:00Z"));
        yield return new("C-09", "six months after 31 August", "2027-02-28T00:00:00Z", Speaks.From, Inquired("2026-08-31T12:00:00Z")) { By = "CASL-04" };
        yield return new("CASL-02", "a purchase", Noon, Speaks.Until, Canadian with { PurchaseAt = At(Noon) });

        var third = At("2026-11-24T20:00:00Z");
        yield return new("ST-OR", "18 months after a purchase", "2026-11-24T20:00:00Z", Speaks.From, Marketing(Portland) with
        {
            PurchaseAt = At("2025-05-24T20:00:00Z"), RecentSends = [.. Enumerable.Range(1, 3).Select(i => new RecentSend(third.AddHours(-4 + i), MessageClass.Marketing))],
        });
    }

    private static SendFacts Inquired(string at) => Canadian with { Consent = ByDealing with { ImpliedFrom = new ImpliedFrom(ImpliedKind.Inquiry, At(at)) } };

    private static IEnumerable<ClockEdge> OfConsents()
    {
        yield return new("O-09", "the consent runs out", Noon, Speaks.From, Marketing(NewYork) with { Consent = Written with { ExpiresAt = At(Noon) } });
        foreach (var (rule, to) in new[]
        {
            ("US-02", NewYork), ("CASL-02", Toronto), ("EU-01", Paris), ("AU-CONSENT", Sydney), ("SG-CONSENT", Singapore), ("IN-CONSENT", Mumbai), ("BR-CONSENT", "+5511961234567"),
            ("AE-CONSENT", "+971501234567"), ("XX-CONSENT", "+77010001234"),
        })
            yield return new(rule, "the person agrees", Noon, Speaks.Until, Marketing(to) with { Consent = Written with { GrantedAt = At(Noon) } });
        yield return new("US-06", "the person agrees", Noon, Speaks.Until, Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, Consent = Spoken with { GrantedAt = At(Noon) }, Body = new MessageBody("Aurora: your order has shipped."),
        });
    }

    private static IEnumerable<ClockEdge> OfMaine()
    {
        yield return new("ST-ME", "the person agrees", Noon, Speaks.Until, InMaine with { Consent = Spoken with { GrantedAt = At(Noon) } });
        yield return new("ST-ME", "the consent runs out", Noon, Speaks.From, InMaine with { Consent = Spoken with { ExpiresAt = At(Noon) } });
        yield return new("ST-ME", "18 months after a purchase", Noon, Speaks.From, InMaine with { Consent = ByDealing, PurchaseAt = At("2025-05-24T17:00:00Z") });
        yield return new("ST-ME", "3 months after an inquiry", Noon, Speaks.From, InMaine with { Consent = ByDealing with { ImpliedFrom = new ImpliedFrom(ImpliedKind.Inquiry, At("2026-08-24T17:00:00Z")) } });
    }

    private static IEnumerable<ClockEdge> OfUtah()
    {
        // Noon on a Sunday, which is barred without consent.
        foreach (var (season, noon) in new[] { ("winter", "2026-11-29T19:00:00Z"), ("summer", "2026-07-12T18:00:00Z") })
        {
            yield return new("ST-UT", $"the person agrees, {season}", noon, Speaks.Until, Marketing(SaltLake) with { Consent = Written with { GrantedAt = At(noon) } });
            yield return new("ST-UT", $"the consent runs out, {season}", noon, Speaks.From, Marketing(SaltLake) with { Consent = Written with { ExpiresAt = At(noon) } });
        }
    }

    private static IEnumerable<ClockEdge> OfTheHouse()
    {
        yield return new("P-02", "the last text is 36 hours old", Noon, Speaks.Until, SentBefore(TimeSpan.FromHours(36))) { Policy = Statute with { Caps = [new HouseCap(1, TimeSpan.FromHours(36))] } };
        foreach (var (season, hours, sunday) in new[] { ("winter", -5, "2026-11-29"), ("summer", -4, "2026-07-12") })
        {
            var day = DateTime.ParseExact(sunday, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            string Local(int days, int hour, int minute = 0) => new DateTimeOffset(day.AddDays(days).AddHours(hour).AddMinutes(minute), TimeSpan.FromHours(hours)).ToString("O", CultureInfo.InvariantCulture);
            var (mornings, sundays) = (new CountryOverride(From: new TimeOnly(11, 0), To: new TimeOnly(15, 0)), new CountryOverride(NoSundays: true));
            yield return new("P-03", $"opens, {season}", Local(2, 11), Speaks.Until, Marketing(NewYork)) { Policy = House(mornings) };
            yield return new("P-03", $"closes, {season}", Local(2, 15), Speaks.From, Marketing(NewYork)) { Policy = House(mornings) };
            yield return new("P-03", $"Sunday begins, {season}", Local(0, 0), Speaks.From, Marketing(NewYork)) { Policy = House(sundays) };
            yield return new("P-03", $"Sunday ends, {season}", Local(1, 0), Speaks.Until, Marketing(NewYork)) { Policy = House(sundays) };
            var guarded = Statute with { DispatchGuard = TimeSpan.FromMinutes(10) };
            yield return new("C-04", $"ten minutes before the end, {season}", Local(2, 20, 50), Speaks.From, Marketing(NewYork)) { Policy = guarded };
            yield return new("C-04", $"the end, {season}", Local(2, 21), Speaks.Until, Marketing(NewYork)) { Policy = guarded };
            // Eight in the evening in the east of the Florida panhandle's area code, seven in its west; and the hour at which both are shut.
            yield return new("C-05", $"one clock closes, {season}", Local(2, 20), Speaks.From, Marketing(FloridaPanhandle));
            yield return new("C-05", $"the other closes too, {season}", Local(2, 22), Speaks.Until, Marketing(FloridaPanhandle));
        }
    }

    private static PolicyVersion House(CountryOverride hours) => Statute with { Countries = new Dictionary<string, CountryOverride> { ["US"] = hours } };

    private static IEnumerable<ClockEdge> OfWishes()
    {
        yield return new("C-13", "the pause ends", Noon, Speaks.Until, Marketing(NewYork) with { PausedUntil = At(Noon) });
        yield return new("C-13", "daily", Noon, Speaks.Until, SentBefore(TimeSpan.FromDays(1)) with { Frequency = FrequencyPreference.Daily });
        yield return new("C-13", "weekly", Noon, Speaks.Until, SentBefore(TimeSpan.FromDays(7)) with { Frequency = FrequencyPreference.Weekly });
        yield return new("C-13", "twice a month", Noon, Speaks.Until, SentBefore(TimeSpan.FromDays(14)) with { Frequency = FrequencyPreference.Biweekly });
        yield return new("C-13", "monthly, winter", "2026-12-01T05:00:00Z", Speaks.Until, Sent("2026-11-10T17:00:00Z") with { Frequency = FrequencyPreference.Monthly });
        yield return new("C-13", "monthly, summer", "2026-08-01T04:00:00Z", Speaks.Until, Sent("2026-07-10T17:00:00Z") with { Frequency = FrequencyPreference.Monthly });
        yield return new("C-13", "one a day was promised", Noon, Speaks.Until, SentBefore(TimeSpan.FromDays(1)) with { PromisedInWords = new FrequencyPromise(1, PromiseUnit.Day) });
        yield return new("C-13", "one a week was promised", Noon, Speaks.Until, SentBefore(TimeSpan.FromDays(7)) with { PromisedInWords = new FrequencyPromise(1, PromiseUnit.Week) });
        // The same hour of their day a month before: summer time has ended since.
        yield return new("C-13", "one a month was promised", Noon, Speaks.Until, Sent("2026-10-24T16:00:00Z") with { PromisedPerMonth = 1 });
    }

    private static SendFacts SentBefore(TimeSpan age) => Marketing(NewYork) with { RecentSends = [new RecentSend(At(Noon) - age, MessageClass.Marketing)] };

    private static SendFacts Sent(string at) => Marketing(NewYork) with { RecentSends = [new RecentSend(At(at), MessageClass.Marketing)] };

    private static IEnumerable<ClockEdge> OfPlaces()
    {
        yield return new("AU-SENDER", "the register opens", "2026-07-01T00:00:00Z", Speaks.From, Marketing(Sydney) with { Sender = new SenderFacts("AURORA") });

        // A Floridian with an address in Texas: its opening on the clock of El Paso, Florida's end on the clock of Miami.
        foreach (var (season, opens, closes) in new[] { ("winter", "2026-11-24T16:00:00Z", "2026-11-25T01:00:00Z"), ("summer", "2026-07-14T15:00:00Z", "2026-07-15T00:00:00Z") })
        {
            var torn = Marketing(Miami) with { DeclaredCountry = "US", DeclaredState = "TX" };
            yield return new("C-06", $"Texas opens, {season}", opens, Speaks.Until, torn) { By = "ST-TX" };
            yield return new("C-06", $"Florida closes, {season}", closes, Speaks.From, torn) { By = "ST-FL" };
        }

        RecentSend[] three = [.. Enumerable.Range(0, 3).Select(i => new RecentSend(At(Noon).AddHours(-24 + (i * 5)), MessageClass.Marketing, "boots"))];
        yield return new("C-07", "the oldest of three is 24 hours old", Noon, Speaks.Until, Marketing(Miami) with { RecentSends = three, Subject = "boots" }) { By = "ST-FL" };
    }
}
