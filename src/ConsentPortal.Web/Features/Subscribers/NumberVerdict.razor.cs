using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>What is known of a number while it is typed.</summary>
public sealed partial class NumberVerdict(TimeProvider clock)
{
    private const int ZonesShown = 3;

    /// <summary>Why the text is no number that can be texted.</summary>
    [Parameter]
    public Failure? Failure { get; set; }

    /// <summary>Who has the number already.</summary>
    [Parameter]
    public SubscriberId? Known { get; set; }

    [Parameter]
    public Recipient? Recipient { get; set; }

    private bool NeedsLook => Recipient!.LineType is LineType.FixedLine or LineType.Unknown;

    private string ZonesInWords
    {
        get
        {
            var now = clock.GetUtcNow();
            var zones = Recipient!.Zones.Take(ZonesShown)
                .Select(id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? $"{id} ({PersonWords.Clock(now, zone)} now)" : id);
            return Recipient.Zones.Count switch
            {
                0 => "The number does not tell. Enter the zone below if the person has said it.",
                <= ZonesShown => string.Join(", ", zones),
                var count => $"{string.Join(", ", zones)} and {count - ZonesShown} more: a text has to suit all of them until the person confirms one",
            };
        }
    }
}
