using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>The hours that a campaign chose, as a rule like any other.</summary>
internal static class CampaignHours
{
    private static readonly ConditionalWeakTable<SendingHours, HoursRule> Rules = [];

    /// <summary>Null when the campaign chose none.</summary>
    public static HoursRule? Of(SendTiming? timing) => timing?.Hours is { IsPossible: true } hours ? Rules.GetValue(hours, Build) : null;

    private static HoursRule Build(SendingHours hours) => new(
        Everywhere.CampaignTiming, WeekHours.OfSpan(new DaySpan(TimeSpan.FromHours(hours.From), TimeSpan.FromHours(hours.To)), noSundays: false), MessageClasses.All);
}
