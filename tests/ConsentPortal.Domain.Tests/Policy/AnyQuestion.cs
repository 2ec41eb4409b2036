using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Domain.Preferences;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>
/// Questions of every kind, odd ones included: each fact that some rule looks at takes values on both sides of it. A rule
/// that looks at something new needs it here, or <see cref="RuleBookTests"/> says that the rule never speaks.
/// </summary>
internal sealed record AnyQuestion(SendFacts Facts, PolicyVersion Policy, DateTimeOffset At)
{
    private static readonly PurposeId[] Purposes = [PurposeId.From(new Guid(1, 0, 0, new byte[8])), PurposeId.From(new Guid(2, 0, 0, new byte[8]))];

    private static readonly string[] Numbers =
        [NewYork, Miami, Dallas, Portland, SaltLake, FloridaPanhandle, Toronto, Paris, Berlin, Mumbai, "+61412345678", "+447400123456", "+6581234567", "+971501234567", "+5511961234567", "+442079460000", "+12025550123", "+18002255288", "+4930123456", "12", ""];

    private static readonly string?[] Countries = [null, "ZW", .. RuleBook.Chapters.SelectMany(c => c.Countries).Distinct().Order(StringComparer.Ordinal)];

    private static readonly string?[] States =
        [null, .. RuleBook.AllSets().Select(s => s.Code).Where(c => c.StartsWith("US-", StringComparison.Ordinal)).Select(c => c[3..]).Where(c => c.Length == 2).Distinct().Order(StringComparer.Ordinal)];

    private static readonly MessageBody[] Bodies =
    [
        new("Aurora: new boots are in. Reply STOP to opt out."), new("Aurora: your order has shipped."), new("New boots, 20% off today only"), new("Aurora: see bit.ly/x Reply STOP to opt out."),
        new("Aurora: http://10.0.0.1/a"), new("Aurora: cannabis gummies are back. STOP to end"), new("Aurora: whiskey tasting. STOP to end"), new("Aurora: hello {{ firstName }}"), new(" "),
        new("Aurora: " + new string('x', 2_400)), new("Aurora: nouvelles bottes. STOP au 36111"), new("ADV Aurora: new boots. aurora.example/help STOP to end"), new("Aurora: 1 King St, Toronto. aurora.example STOP to end"),
    ];

    private static readonly SenderFacts?[] Senders =
        [null, new("+12025550111", true, true), new("+12025550111", true, false), new("AURORA"), new("AURORA", IsRegistered: true), new("AURORA", IsRegistered: false), new("+33612345678", true), new("36111", true), new("38123", true), new("AURORA-S"), new("+12025550111", false)];

    public static AnyQuestion Of(int seed)
    {
        var random = new Random(seed);
        var at = At2026(random);
        return new AnyQuestion(FactsOf(random, at), PolicyOf(random), at);
    }

    private static DateTimeOffset At2026(Random random) =>
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 600)).AddSeconds(random.Next(60));

    private static SendFacts FactsOf(Random random, DateTimeOffset at) => new()
    {
        MessageClass = Any(random, Enum.GetValues<MessageClass>()), To = Recipient.Of(Any(random, Numbers)), IsNumberSuspect = at.Second % 10 == 0, Purpose = Any(random, Purposes), Brand = Any(random, "Aurora", "Borealis", null),
        DeclaredCountry = Any(random, Countries), DeclaredState = Any(random, States), DeclaredZone = Any(random, null, null, null, "America/New_York", "Europe/Paris"),
        SimCountry = Any(random, null, null, null, null, "US", "FR", "AU"), Consent = random.Next(8) == 0 ? null : ConsentOf(random, at),
        Suppression = random.Next(6) == 0 ? Any(random, Enum.GetValues<SuppressionScope>()) : null, Frequency = Any(random, Enum.GetValues<FrequencyPreference>()),
        PausedUntil = random.Next(10) == 0 ? at.AddHours(random.Next(-48, 400)) : null, IsRestricted = random.Next(20) == 0, PromisedPerMonth = random.Next(4) == 0 ? random.Next(1, 9) : null,
        Subject = Any(random, null, "boots", "coats"), RecentSends = SendsOf(random, at), PurchaseAt = random.Next(3) == 0 ? at.AddDays(-random.Next(1, 900)) : null,
        Body = random.Next(10) == 0 ? null : Any(random, Bodies), Sender = Any(random, Senders),
        Dnc = random.Next(3) == 0 ? null : new DncCheck(Any<bool?>(random, true, false, null), at.AddDays(-random.Next(0, 60))),
        Reassigned = random.Next(3) == 0 ? null : new ReassignedCheck(Any(random, Enum.GetValues<ReassignedAnswer>()), at.AddDays(-random.Next(0, 60))),
        Answers = random.Next(8) == 0 ? new InboundAnswer(Any(random, Enum.GetValues<AnswerKind>()), at.AddSeconds(-random.Next(0, 600))) : null,
        AgeYears = random.Next(3) == 0 ? random.Next(10, 30) : null, IsAgeGated = random.Next(2) == 0,
        Timing = random.Next(6) == 0 ? new SendTiming(random.Next(2) == 0 ? at.UtcDateTime.Date.AddHours(random.Next(-24, 72)) : null, random.Next(2) == 0 ? new SendingHours(random.Next(0, 12), random.Next(12, 25)) : null) : null,
    };

    private static SendConsent ConsentOf(Random random, DateTimeOffset at) => new()
    {
        State = random.Next(3) > 0 ? ConsentStatus.Granted : Any(random, Enum.GetValues<ConsentStatus>()), Level = Any(random, Enum.GetValues<ConsentLevel>()), Method = Any(random, Enum.GetValues<CaptureMethod>()),
        GrantedAt = random.Next(6) == 0 ? null : at.AddDays(-random.Next(-3, 1_000)), ExpiresAt = random.Next(4) == 0 ? at.AddDays(random.Next(-30, 30)) : null,
        DoubleOptInBy = Any(random, Enum.GetValues<DoubleOptIn>()), WasRefusalOffered = random.Next(2) == 0, Brand = Any(random, "Aurora", null), Purpose = Any(random, Purposes), EventId = 7,
        ImpliedFrom = random.Next(3) == 0 ? new ImpliedFrom(Any(random, Enum.GetValues<ImpliedKind>()), at.AddDays(-random.Next(1, 900))) : null,
    };

    private static RecentSend[] SendsOf(Random random, DateTimeOffset at) =>
    [
        .. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(0, 14) : 0)
            .Select(_ => new RecentSend(at.AddMinutes(-random.Next(1, 60 * 24 * (random.Next(2) == 0 ? 1 : 31))), Any(random, Enum.GetValues<MessageClass>()), Any(random, null, "boots", "coats")))
            .OrderBy(s => s.At),
    ];

    private static PolicyVersion PolicyOf(Random random) => new()
    {
        Preset = Any(random, Enum.GetValues<PolicyPreset>()), DispatchGuard = TimeSpan.FromMinutes(random.Next(0, 20)), Establishment = Any(random, null, null, "DE", "US"),
        Caps = random.Next(4) == 0 ? [new HouseCap(random.Next(1, 4), TimeSpan.FromDays(random.Next(1, 15)))] : [], CapsIgnoreSubject = random.Next(2) == 0, MaxParts = random.Next(1, 12),
        Fcc2667EffectiveOn = random.Next(3) == 0 ? new DateOnly(2027, 1, 1) : null, RevokeAllEffectiveOn = random.Next(2) == 0 ? new DateOnly(2026, 2, 1) : new DateOnly(2027, 1, 31),
        Countries = random.Next(4) > 0 ? new Dictionary<string, CountryOverride>() : new Dictionary<string, CountryOverride>
        {
            [Any(random, "US", "FR", "DE")] = new(random.Next(4) > 0, Any<TimeOnly?>(random, null, new TimeOnly(10, 0)), Any<TimeOnly?>(random, null, new TimeOnly(17, 0)), random.Next(2) == 0, random.Next(2) == 0),
        },
    };

    private static T Any<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
