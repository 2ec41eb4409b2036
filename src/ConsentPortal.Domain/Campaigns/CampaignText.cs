namespace ConsentPortal.Domain.Campaigns;

/// <summary>One of the texts of a campaign, as it is read by all who draw its letter.</summary>
/// <param name="Variant">A to D.</param>
/// <param name="Body">Liquid template.</param>
/// <param name="Weight">1 to 100: how many of the people get it, against the weights of the others.</param>
public sealed record CampaignText(char Variant, string Body, int Weight = 1)
{
    public const int Most = 4;
    public const int MostWeight = 100;
    public const char First = 'A';
}

/// <summary>A text beside the first one, as it is stored.</summary>
public sealed class CampaignVariant
{
    /// <summary>B to D.</summary>
    public required char Letter { get; init; }

    public required string Body { get; set; }

    public required int Weight { get; set; }
}
