using System.Globalization;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Domain.Campaigns;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Doubts;

/// <summary>The filters of the texts in doubt as they stand in the address.</summary>
/// <param name="Before">Where the page before ended; null for the newest.</param>
internal sealed record DoubtFilters(DoubtStage Stage = DoubtStage.Waiting, CampaignId? Campaign = null, long? Before = null)
{
    /// <summary>Whatever an address can't mean is left out.</summary>
    public static DoubtFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new DoubtFilters(
            Value("stage") switch
            {
                "lookedUp" => DoubtStage.LookedUp,
                "settled" => DoubtStage.Settled,
                _ => DoubtStage.Waiting,
            },
            Guid.TryParse(Value("campaign"), out var campaign) ? new CampaignId(campaign) : null, long.TryParse(Value("before"), CultureInfo.InvariantCulture, out var before) ? before : null);

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    public string Address => At(Paths.TextsInDoubt, Before);

    public string ExportAddress => At(Paths.TextsInDoubtExport, null);

    public DoubtQuery Query => new(Stage, Campaign);

    private string At(string path, long? before)
    {
        var parts = new Dictionary<string, string?>
        {
            ["stage"] = Stage switch
            {
                DoubtStage.Waiting => null,
                DoubtStage.LookedUp => "lookedUp",
                DoubtStage.Settled => "settled",
            },
            ["campaign"] = Campaign?.ToString(), ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        };
        return QueryHelpers.AddQueryString(path, parts.Where(part => part.Value is not null));
    }
}
