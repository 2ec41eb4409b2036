using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Everybody of a campaign, by state and reason; what is shown stands in the address.</summary>
public sealed partial class RecipientsPanel
{
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<MessageState, int> ByState { get; set; }

    [Parameter, EditorRequired]
    public RecipientPage? Page { get; set; }

    /// <summary>Whether a number leads to the person's page.</summary>
    [Parameter]
    public bool MayOpen { get; set; }

    /// <summary>Whether people got different texts.</summary>
    [Parameter]
    public bool HasVariants { get; set; }

    /// <summary>Where what is listed is written to a file; null for those who may not.</summary>
    [Parameter]
    public string? ExportHref { get; set; }

    [Parameter]
    public MessageState? State { get; set; }

    [Parameter]
    public string? Reason { get; set; }

    /// <summary>The address of the same page with other recipients.</summary>
    [Parameter, EditorRequired]
    public required Func<MessageState?, string?, long?, string> Address { get; set; }
}
