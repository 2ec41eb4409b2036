using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy;

/// <summary>How a text that has left stands to the hours and days of the rules. The margin that sending keeps before their end is no part of them.</summary>
/// <param name="IsWithin">Whether every rule was open on every clock; null where no clock of the person is known.</param>
/// <param name="LocalTimes">What the clocks showed under which the phone may be; empty where none is known.</param>
/// <param name="Rules">The rules that were asked with their hours, in words; empty for a text that is bound by none.</param>
/// <param name="Broken">Those of them that were shut on one of the clocks.</param>
public sealed record SentHours(bool? IsWithin, IReadOnlyList<DateTime> LocalTimes, IReadOnlyList<string> Rules, IReadOnlyList<string> Broken)
{
    /// <summary>The yardstick where no rule says anything; a choice of the portal and no law of that place.</summary>
    private static readonly HoursRule Common = new(
        new PolicyRule("no rule", Gate.Window, "Where no rule gives hours, texts are measured by 08:00 to 21:00.", "47 CFR 64.1200(c)(1), as a yardstick", RuleStanding.CheckWithCounsel, IsPreset: true),
        WeekHours.EveryDay("08-21"), MessageClasses.Recurring);

    /// <param name="facts">Place and class; consent for the rules that it lifts. What is left out lifts nothing.</param>
    /// <param name="policy">Under which the text was decided.</param>
    public static SentHours Of(SendFacts facts, PolicyVersion policy, DateTimeOffset sentAt)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        var view = new SendView(facts, policy, sentAt, Jurisdiction.Of(facts, policy));
        var time = new TimeGates(in view);
        var clocks = view.Jurisdiction.Clocks;
        var asked = Governing(time.Hours(), sentAt);
        if (time.Apply && asked.Count == 0)
            asked.Add(new AskedHours(Common, clocks, TimeSpan.Zero));
        var broken = asked.FindAll(hours => hours.Clocks.Any(clock => HoursClock.StateAt(hours.Rule, clock, sentAt, TimeSpan.Zero) != HoursState.Open));
        return new SentHours(clocks.Length == 0 ? null : broken.Count == 0, Array.ConvertAll(clocks, clock => clock.LocalAt(sentAt)), asked.ConvertAll(Words), broken.ConvertAll(Words));
    }

    /// <summary>A rule that had not begun, or was over, was asked nothing.</summary>
    private static List<AskedHours> Governing(IReadOnlyList<AskedHours> asked, DateTimeOffset at) =>
        [.. asked.Where(hours => hours.Clocks.Any(clock => hours.Rule.Rule.GovernsOn(DateOnly.FromDateTime(clock.LocalAt(at)))))];

    private static string Words(AskedHours hours) => $"{hours.Rule.Rule.Id}: {hours.Rule.Week.Text}{(hours.Rule.Holidays is null ? "" : ", holidays none")}";
}
