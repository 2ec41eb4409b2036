using System.Collections.Frozen;
using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The rows of us-state-windows.csv as rule sets. States without a row know the federal rules only.</summary>
internal static class StateRows
{
    private const string Unknown = "ZZ";

    /// <summary>First days on which a row reaches texts; the others have for longer than the portal exists.</summary>
    private static readonly FrozenDictionary<string, DateOnly> Since = new Dictionary<string, DateOnly>
    {
        ["MD"] = new(2024, 1, 1),
        ["OK"] = new(2022, 11, 1),
        ["OR"] = new(2026, 1, 1),
        ["TX"] = new(2025, 9, 1),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Lift> HoursLifts = new Dictionary<string, Lift>
    {
        // Utah Code § 13-25a-103(3): prior express consent lifts hours, Sundays and holidays.
        ["UT"] = (in view, instant) => Consents.Counts(in view, ConsentLevel.Express, instant),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Lift> CapLifts = new Dictionary<string, Lift>
    {
        // HB 3865: an established relationship of 18 months.
        ["OR"] = (in view, instant) => Consents.HasDealing(in view, instant, purchaseMonths: 18),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RuleSet> Rows = Read();

    public static IEnumerable<RuleSet> All => [.. Rows.Values.OrderBy(r => r.Code, StringComparer.Ordinal), Strictest];

    public static RuleSet UnknownState => Rows[Unknown];

    /// <summary>The strictest row as a preset, for informational texts too.</summary>
    public static RuleSet Strictest { get; } = Preset(UnknownState);

    public static RuleSet? Of(string state) => Rows.GetValueOrDefault(state);

    private static FrozenDictionary<string, RuleSet> Read() =>
        (from row in EmbeddedCsv.Rows("us-state-windows.csv")
         from state in row[0]["ST-".Length..].Split('/', StringSplitOptions.TrimEntries)
         where state != "FED"
         select (state, set: Parse(state, row))).ToFrozenDictionary(r => r.state, r => r.set);

    private static RuleSet Parse(string state, string[] row)
    {
        var hours = WeekHours.Of(Span(row[1]), Span(row[2]), Span(row[3]));
        var barsHolidays = row[4].StartsWith('✗');
        var cap = Cap(row[5]);
        var rule = new PolicyRule(
            $"ST-{state}", Gate.Window, Sentence(state, row[1], hours, barsHolidays, cap), row[8],
            row[6].StartsWith('Y') && !row[4].Contains('?') ? RuleStanding.Verified : RuleStanding.CheckWithCounsel,
            Since.TryGetValue(state, out var since) ? since : null);
        return new RuleSet($"US-{state}", StateNames.UsName(state) ?? "United States, state not known")
        {
            Facts = state == "ME" ? [new(rule, MessageClasses.Marketing, MaineScrub) { Gate = Gate.Reassignment }] : [],
            Hours =
            [
                new(rule, hours, MessageClasses.Marketing)
                {
                    Holidays = !barsHolidays ? null : state == Unknown ? UsHolidays.AnyState : UsHolidays.Of(state),
                    FixedClocks = row[1].Contains("Central", StringComparison.Ordinal) ? [ZoneClock.Get("America/Chicago")] : [],
                    LiftedBy = HoursLifts.GetValueOrDefault(state),
                },
            ],
            Caps = cap is { } limit
                ? [new(rule, limit.Count, limit.Period, MessageClasses.Marketing, limit.PerSubject) { LiftedBy = CapLifts.GetValueOrDefault(state) }]
                : [],
        };
    }

    private static RuleSet Preset(RuleSet row)
    {
        var rule = row.Hours[0].Rule with { IsPreset = true };
        return new RuleSet("STRICTEST", "Strictest preset")
        {
            Hours = [row.Hours[0] with { Rule = rule, Classes = MessageClasses.Recurring }],
            Caps = [row.Caps[0] with { Rule = rule, Classes = MessageClasses.Recurring }],
        };
    }

    // Maine: the Reassigned Numbers Database must be asked, unless the person asked for the text or bought something.
    private static Verdict MaineScrub(in SendView view) =>
        view.Facts.Reassigned is null && !Consents.Counts(in view, ConsentLevel.Express, view.Instant) && !Consents.HasDealing(in view, view.Instant, 18, 3)
            ? Verdict.Hold(SendReason.ReassignmentUnknown)
            : Verdict.Pass;

    private static string? Span(string cell) => cell.StartsWith('✗') ? null : cell.Split(' ')[0].Replace('–', '-');

    private static (int Count, TimeSpan Period, bool PerSubject)? Cap(string cell)
    {
        if (cell == "–")
            return null;
        var parts = cell.Split(' ')[0].TrimEnd('h').Split('/');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.FromHours(int.Parse(parts[1], CultureInfo.InvariantCulture)),
            cell.Contains("same subject", StringComparison.Ordinal));
    }

    private static string Sentence(string state, string cell, WeekHours hours, bool barsHolidays, (int Count, TimeSpan Period, bool PerSubject)? cap)
    {
        var clock = cell.Contains("Central", StringComparison.Ordinal) ? " (Central Time)" : "";
        var holidays = barsHolidays ? ", not on holidays" : "";
        var limit = cap is { } c
            ? string.Create(CultureInfo.InvariantCulture, $", at most {c.Count} in {c.Period.TotalHours} hours{(c.PerSubject ? " about the same subject" : "")}")
            : "";
        return $"{StateNames.UsName(state) ?? "A state that is not known"}: marketing texts may arrive {hours.Text}{clock}{holidays}{limit}.";
    }
}
