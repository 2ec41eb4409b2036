namespace ConsentPortal.Web.Components.Shared;

/// <param name="HrefWithout">The same list without this filter.</param>
public sealed record ActiveFilter(string Name, string Value, string HrefWithout);
