using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What was written to the person, apart from what colleagues write to each other.</summary>
public sealed partial class LettersPanel
{
    private LetterDraft? _draft;
    private Failure? _problem;
    private DateOnly? _sentOn;
    private LetterDraft? _change;
    private long? _changing;
    private long? _withdrawing;
    private string _reason = "";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task DraftAsync(LetterKind kind, string? language)
    {
        if ((await Acts.Letters.Draft.ExecuteAsync(Actor, Request.Id, kind, language, null, CancellationToken.None)).TryGet(out var draft, out _problem))
            _draft = draft;
    }

    private async Task KeepAsync(LetterWords words)
    {
        var kind = _draft!.Kind;
        if (await IsDoneAsync((actor, id, token) => Acts.Letters.Write.ExecuteAsync(actor, id, kind, words, token), "The letter is kept. Send it."))
            _draft = null;
    }

    private void BeginChange(LetterView letter) =>
        (_changing, _withdrawing, _change) = (letter.Id, null, new LetterDraft(letter.Kind, letter.Language, letter.Text!, IsFixed: false));

    private void BeginWithdrawal(long letter) => (_withdrawing, _changing, _reason) = (_withdrawing == letter ? null : letter, null, "");

    private async Task ChangeAsync(long letter, string text)
    {
        if (await IsDoneAsync((actor, _, token) => Acts.Letters.Change.ExecuteAsync(actor, letter, text, token), "The letter is changed. Send it."))
            _changing = null;
    }

    private async Task WithdrawAsync(long letter)
    {
        var reason = _reason;
        if (await IsDoneAsync((actor, _, token) => Acts.Letters.Withdraw.ExecuteAsync(actor, letter, reason, token), "The letter is withdrawn."))
            _withdrawing = null;
    }

    private void ChangeDay(ChangeEventArgs change)
    {
        if (DateOnly.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var day))
            _sentOn = day;
    }

    private async Task SentAsync(long letter)
    {
        var on = _sentOn ?? Request.Today;
        if (await IsDoneAsync((actor, _, token) => Acts.Letters.MarkSent.ExecuteAsync(actor, letter, on, token), "The letter is marked as sent."))
            _sentOn = null;
    }
}
