namespace ConsentPortal.Web.Components.Shared;

/// <param name="Key">Stable identity of what happened.</param>
/// <param name="Detail">A second line: channel, wording version, reason.</param>
/// <param name="Icon">The meaning's own icon when null.</param>
/// <param name="Href">Where the whole record is, when it has a page.</param>
public sealed record TimelineItem(
    string Key, DateTimeOffset At, string Title, string? Detail = null, Meaning Meaning = Meaning.Neutral, string? Icon = null, string? Href = null);
