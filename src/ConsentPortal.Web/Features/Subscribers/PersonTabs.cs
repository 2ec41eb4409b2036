using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The tabs of a person's page, by their names in the address.</summary>
internal static class PersonTabs
{
    public const string Consent = "consent";
    public const string Messages = "messages";
    public const string Timeline = "timeline";
    public const string Decisions = "decisions";
    public const string Segments = "segments";
    public const string Requests = "requests";
    public const string Profile = "profile";
    public const string Access = "access";

    public static IReadOnlyList<TabLink> All { get; } =
    [
        new(Consent, "Consent"), new(Messages, "Messages"), new(Timeline, "Timeline"), new(Decisions, "Decisions"), new(Segments, "Segments"), new(Requests, "Requests"), new(Profile, "Profile"),
        new(Access, "Access"),
    ];

    public static string Named(string? name) => All.FirstOrDefault(tab => tab.Name == name)?.Name ?? Consent;
}
