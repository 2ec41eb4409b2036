using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What was written to the person, apart from what colleagues write to each other.</summary>
public sealed partial class LettersPanel
{
    private LetterDraft? _draft;
    private Failure? _problem;
    private DateOnly? _sentOn;

    [Parameter, EditorRequired]
    public required PrivacyRequestView Request { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required RequestActs Acts { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<RequestAct> OnAct { get; set; }

    private bool MayWrite => Actor.May(Permissions.HandlePrivacyRequests);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task DraftAsync(LetterKind kind, string? language)
    {
        if ((await Acts.Letters.Draft.ExecuteAsync(Actor, Request.Id, kind, language, null, CancellationToken.None)).TryGet(out var draft, out _problem))
            _draft = draft;
    }

    private async Task KeepAsync(LetterWords words)
    {
        var kind = _draft!.Kind;
        await OnAct.InvokeAsync(new RequestAct((actor, id, token) => Acts.Letters.Write.ExecuteAsync(actor, id, kind, words, token), "The letter is kept. Send it."));
        _draft = null;
    }

    private void ChangeDay(ChangeEventArgs change)
    {
        if (DateOnly.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var day))
            _sentOn = day;
    }

    private async Task SentAsync(long letter)
    {
        var on = _sentOn ?? Request.Today;
        await OnAct.InvokeAsync(new RequestAct((actor, _, token) => Acts.Letters.MarkSent.ExecuteAsync(actor, letter, on, token), "The letter is marked as sent."));
        _sentOn = null;
    }
}
