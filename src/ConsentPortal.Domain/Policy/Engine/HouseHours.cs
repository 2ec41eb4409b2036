using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>The hours that a policy version sets for a country, as a rule like any other.</summary>
internal static class HouseHours
{
    private static readonly ConditionalWeakTable<CountryOverride, HoursRule> Rules = [];

    /// <summary>Null when the policy sets none.</summary>
    public static HoursRule? Of(PolicyVersion policy, string country)
    {
        if (policy.Countries.Count == 0 || !policy.Countries.TryGetValue(country, out var chosen))
            return null;
        return chosen is { From: null, To: null, NoSundays: false } ? null : Rules.GetValue(chosen, Build);
    }

    /// <summary>Every country involved has its own hours in place of the portal's good practice.</summary>
    public static bool ReplacePresets(in SendView view)
    {
        if (view.Policy.Countries.Count == 0 || view.Jurisdiction.Countries.Length == 0)
            return false;
        foreach (var country in view.Jurisdiction.Countries)
        {
            if (!view.Policy.Countries.TryGetValue(country, out var chosen) || !chosen.ReplacesPreset)
                return false;
        }

        return true;
    }

    private static HoursRule Build(CountryOverride chosen)
    {
        var day = new DaySpan(chosen.From?.ToTimeSpan() ?? TimeSpan.Zero, chosen.To?.ToTimeSpan() ?? TimeSpan.FromDays(1));
        return new HoursRule(Everywhere.HouseHours, WeekHours.OfSpan(day, chosen.NoSundays), MessageClasses.Recurring);
    }
}
