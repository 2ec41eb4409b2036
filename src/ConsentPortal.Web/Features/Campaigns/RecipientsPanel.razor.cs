using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Everybody of a campaign, by state, reason and text; what is shown stands in the address.</summary>
public sealed partial class RecipientsPanel
{
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<MessageState, int> ByState { get; set; }

    [Parameter, EditorRequired]
    public RecipientPage? Page { get; set; }

    /// <summary>Whether a number leads to the person's page.</summary>
    [Parameter]
    public bool MayOpen { get; set; }

    /// <summary>The letters of the texts where people got different ones; otherwise empty.</summary>
    [Parameter]
    public IReadOnlyList<char> Variants { get; set; } = [];

    /// <summary>The languages of the words where there are several; otherwise empty.</summary>
    [Parameter]
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>Where what is listed is written to a file; null for those who may not.</summary>
    [Parameter]
    public string? ExportHref { get; set; }

    /// <summary>Who is listed.</summary>
    [Parameter]
    public RecipientFilter Filter { get; set; } = new();

    /// <summary>The address of the same page with other recipients.</summary>
    [Parameter, EditorRequired]
    public required Func<RecipientFilter, string> Address { get; set; }

    private ProviderErrorMeaning? MeaningOf(string code) => Page?.Rows.Select(row => row.Error).FirstOrDefault(error => error?.Code == code);
}
