namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>The six steps of a campaign, as addresses name them (<c>?step=</c>): the first four are filled in, the last two stand on the campaign's page.</summary>
internal static class CampaignStep
{
    public const int Purpose = 1;
    public const int Audience = 2;
    public const int Message = 3;
    public const int Timing = 4;
    public const int DryRun = 5;
    public const int Review = 6;

    public static IReadOnlyList<string> Names { get; } = ["Purpose & sender", "Audience", "Message", "Timing", "Dry run", "Review"];

    /// <returns>Null for a number that is no step.</returns>
    public static int? Of(int? number) => number is >= Purpose and <= Review ? number : null;
}
