namespace ConsentPortal.Web.Components.Shared;

/// <param name="Values">One for each day of the chart.</param>
public sealed record TrendSeries(string Name, IReadOnlyList<long> Values, Meaning Meaning);
