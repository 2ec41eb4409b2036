using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Development;

/// <summary>The portal's own components in their states, to look at in both modes.</summary>
public sealed partial class ComponentsPage(TimeProvider clock)
{
    private readonly DateTimeOffset _now = clock.GetUtcNow();
    private readonly IReadOnlyList<long> _rising = [.. Enumerable.Range(0, 30).Select(day => 180L + day * 6 + day * 37 % 50)];
    private readonly IReadOnlyList<long> _falling = [.. Enumerable.Range(0, 30).Select(day => 90L - day + day * 23 % 31)];
    private readonly IReadOnlyList<WaterfallStep> _steps =
    [
        new("noConsent", "No consent to this purpose", 2140, Meaning.Withdrawn, "C-01"),
        new("suppressed", "Suppressed", 310, Meaning.Blocked, "O-01"),
        new("cap", "Over their own frequency", 640, Meaning.Deferred, "C-13"),
        new("quiet", "Quiet hours, sent later", 1480, Meaning.Deferred, "US-09"),
        new("invalid", "Number cannot receive texts", 12),
        new("erased", "Erased since", 0),
    ];

    private readonly IReadOnlyList<RuleWord> _rule =
    [
        new("People whose"), new("consent to Offers", RuleWordKind.Field), new("is"), new("granted", RuleWordKind.Value),
        new("and", RuleWordKind.Joiner), new("who have"), new("purchased", RuleWordKind.Field), new("at least"), new("2 times", RuleWordKind.Value),
        new("in the last"), new("90 days", RuleWordKind.Value), new("but not", RuleWordKind.Joiner), new("who live in"),
        new("Florida or Texas", RuleWordKind.Value),
    ];

    private readonly IReadOnlyList<FieldChange> _changes =
    [
        new("Frequency", "Weekly", "Monthly"), new("Note", null, "Asked by phone"), new("External id", "K-1002", null),
        new("Wording", "I agree that Aurora may text me offers up to 4 times a month. Reply STOP to end.", "I agree that Aurora may text me offers and news up to 2 times a month. Reply STOP to end at any time."),
    ];

    private readonly IReadOnlyList<GateLine> _gates =
    [
        new("Suppression", GateOutcome.Passed, "O-01", "The number is on no suppression list."),
        new("Consent", GateOutcome.Passed, "US-01", "Express written consent to Offers since 4 Mar 2026, wording 3."),
        new("Frequency", GateOutcome.Passed, "C-13", "1 of 4 texts promised a month were sent."),
        new("Quiet hours", GateOutcome.Waits, "US-09", "It is 23:14 for the recipient; texts may go between 08:00 and 21:00."),
        new("Sender", GateOutcome.NotAsked, null, "Not asked: an earlier gate decided."),
    ];

    private readonly IReadOnlyList<GridLine> _lines =
    [
        new("+1 415 ••• 0100", "US", "Ada Okafor", ConsentStatus.Granted, clock.GetUtcNow().AddDays(-3), 12),
        new("+49 15 ••• 4321", "DE", "Jürgen Weiß", ConsentStatus.Pending, clock.GetUtcNow().AddDays(-1), 1204),
        new("+44 77 ••• 0042", "GB", "Siân Łukasiewicz", ConsentStatus.Withdrawn, clock.GetUtcNow().AddDays(-90), 0),
    ];

    private readonly IReadOnlyList<ActiveFilter> _filters = [new("Purpose", "Offers", Paths.DevelopmentComponents), new("Country", "Germany", Paths.DevelopmentComponents)];

    private string? _chosen;

    private DateTimeOffset Midnight => new(_now.Date, TimeSpan.Zero);

    private IReadOnlyList<TrendSeries> _series => [new("New consents", _rising, Meaning.Granted), new("Withdrawals", _falling, Meaning.Blocked)];

    private IReadOnlyList<DateOnly> _days => [.. Enumerable.Range(-29, 30).Select(day => DateOnly.FromDateTime(_now.Date).AddDays(day))];

    private IReadOnlyList<DeliveryHour> _hours =>
        [.. Enumerable.Range(0, 40).Where(hour => (hour + 12) % 24 is >= 8 and < 21).Select(hour => new DeliveryHour(Midnight.AddHours(17 + hour), 40 + hour * 91 % 400))];

    private IReadOnlyList<ClosedWindow> _closed => [new(Midnight.AddHours(26), Midnight.AddHours(37)), new(Midnight.AddHours(50), Midnight.AddHours(61))];

    private IReadOnlyList<TimelineItem> _events =>
    [
        new("6", _now.AddDays(1), "Campaign “Winter boots”", "planned for 09:00 local time", Meaning.Deferred),
        new("5", _now.AddMinutes(-20), "Text delivered", "Campaign “Cyber week”, 1 part", Meaning.Granted, Href: "/dev/components"),
        new("4", _now.AddHours(-2), "Frequency changed to weekly", "in the preference centre"),
        new("3", _now.AddDays(-1), "Confirmed by YES", "double opt-in by SMS, wording 3", Meaning.Granted),
        new("2", _now.AddDays(-1).AddMinutes(-4), "Asked to join Offers", "keyword JOIN", Meaning.Pending),
        new("1", _now.AddDays(-60), "Stopped", "replied STOP", Meaning.Withdrawn),
    ];

    private static Task<Result<string>> RevealAsync(string reason) => Task.FromResult<Result<string>>("+1 415 555 0100");

    private static Task<Result<string>> RefuseAsync(string reason) => Task.FromResult<Result<string>>(new ExampleFailure());

    private sealed record GridLine(string Phone, string Region, string Name, ConsentStatus Status, DateTimeOffset AddedAt, int Texts);

    private sealed record ExampleFailure() : Failure("The number could not be read, because this person's key was destroyed by an erasure. Nothing was changed.");
}
