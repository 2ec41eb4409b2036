using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>One text with everything that is known about it.</summary>
/// <param name="Sender">Null when the sender is no number, so that nobody can be answered.</param>
/// <param name="Joins">The word of a purpose's own that the text is.</param>
internal sealed record InboundCase(
    Actor Actor, InboundText Text, TextMeaning Meaning, byte[] FromHash, Subscriber? Sender, InboundProgrammes Programmes, JoinWord? Joins, PolicyVersion Policy,
    DateTimeOffset Now);

/// <summary>What follows from a text, in the transaction that keeps it.</summary>
public sealed class InboundActions(SubjectKeys keys, InboundConsents consents, StopQuestion question, InboundRequests requests, SendingGate gate)
{
    /// <summary>Marketing stands still until somebody has read the text.</summary>
    internal const string WaitingForReview = "A text of this person waits for review.";

    internal async Task ApplyAsync(PortalDbContext db, InboundCase inbound, CancellationToken cancellationToken)
    {
        await ActAsync(db, inbound, cancellationToken);
        // Beside what the text does to consent, never instead of it; after a stop its own confirmation is the one answer (US-16).
        if (inbound.Sender is { } sender && await requests.OpenAsync(db, inbound, sender, cancellationToken) is { } words && inbound.Meaning.Action is TextAction.None or TextAction.Review)
            await HelpAsync(db, inbound, sender, words, cancellationToken);
    }

    private async Task ActAsync(PortalDbContext db, InboundCase inbound, CancellationToken cancellationToken)
    {
        switch (inbound.Meaning.Action)
        {
            case TextAction.OptOut:
                await OptOutAsync(db, inbound, cancellationToken);
                break;
            case TextAction.OptIn when inbound.Sender is { } sender:
                if (!await question.TakeAnswerAsync(db, inbound, sender, cancellationToken))
                    await consents.JoinAsync(db, inbound, sender, cancellationToken);
                break;
            case TextAction.Confirm when inbound.Sender is { } sender:
                await consents.ConfirmAsync(db, inbound, sender, cancellationToken);
                break;
            case TextAction.Help when inbound.Sender is { } sender:
                await HelpAsync(db, inbound, sender, words: null, cancellationToken);
                break;
            case TextAction.Review:
                db.Suppressions.Add(new Suppression
                {
                    PhoneHash = inbound.FromHash, Scope = SuppressionScope.Marketing, Source = SuppressionSource.InboxReview, Reason = WaitingForReview, At = inbound.Now,
                });
                break;
        }
    }

    private async Task OptOutAsync(PortalDbContext db, InboundCase inbound, CancellationToken cancellationToken)
    {
        if (inbound.Sender is not { } sender)
        {
            db.Suppressions.Add(new Suppression { PhoneHash = inbound.FromHash, Scope = SuppressionScope.All, Source = SuppressionSource.Keyword, Reason = Reason(inbound), At = inbound.Now, IsActOfPerson = true });
            return;
        }

        // Several people may share a handset; whoever of them wrote, the number has said stop.
        var people = await WithdrawConsent.WithNumberAsync(db, inbound.FromHash, cancellationToken);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        var reach = await ReachAsync(db, inbound, sender.Id, cancellationToken);
        var ofNumber = db.Suppressions.Where(s => s.PhoneHash == inbound.FromHash && s.LiftedAt == null);
        var wasStopped = await ofNumber.AnyAsync(s => s.Scope == SuppressionScope.All, cancellationToken)
            || await ofNumber.Where(reach.IsTheSame).AnyAsync(s => s.Source == SuppressionSource.Keyword, cancellationToken);
        // One confirmation, never a second one (US-16), so that the question can be asked only in the first.
        IReadOnlyList<KeepOffer> offers = wasStopped || reach.Scope != SuppressionScope.Marketing ? [] : await StopQuestion.OffersAsync(db, inbound, sender, cancellationToken);
        // Whatever may come back on an answer is stopped until then (US-17).
        if (offers.Count > 0)
            reach = SuppressionReach.Everything;
        await WithdrawConsent.ApplyToNumberAsync(
            db, inbound.Actor, inbound.FromHash, people,
            // Whoever has the number now did not stop for the one who agreed: their START starts nothing of that person's.
            new Withdrawal(reach.Scope, inbound.Meaning.IsWrongNumber ? SuppressionSource.Reassigned : SuppressionSource.Keyword, ConsentChannel.Keyword, Reason(inbound), inbound.Text.ReceivedAt, reach.PurposeId,
                inbound.Text.ProviderMessageId, IsActOfPerson: !inbound.Meaning.IsWrongNumber, Sender: reach.Sender),
            inbound.Now, cancellationToken);
        foreach (var person in inbound.Meaning.IsWrongNumber ? people : [])
            person.NumberState = NumberState.Reassigned;
        if (!wasStopped)
            await ConfirmAsync(db, inbound, sender, offers, cancellationToken);
    }

    private static string Reason(InboundCase inbound) => $"Texted {inbound.Meaning.Matched?.ToUpperInvariant()} ({inbound.Meaning.Tier})";

    // US-21: what a stop ends may depend on what it answers; the portal's default is everything.
    private static async Task<SuppressionReach> ReachAsync(PortalDbContext db, InboundCase inbound, SubscriberId sender, CancellationToken cancellationToken) =>
        await StopQuestion.IsMeantForWhatWasKeptAsync(db, inbound, sender, cancellationToken)
            ? SuppressionReach.Everything
            : await DecideInbound.AnsweredReachAsync(db, inbound.Policy.OptOutScope, sender, inbound.Text.To, inbound.Text.ReceivedAt, cancellationToken);

    /// <param name="words">Where they say something else than the wording's own; null for those.</param>
    private async Task HelpAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, string? words, CancellationToken cancellationToken)
    {
        if (await AboutAsync(db, inbound, sender, cancellationToken) is not var (about, wording))
            return;
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        await Replies.PlanAsync(db, inbound.Policy, key, sender, about, wording, MessageKind.HelpReply, words, inbound.Now, cancellationToken);
    }

    private async Task ConfirmAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, IReadOnlyList<KeepOffer> offers, CancellationToken cancellationToken)
    {
        if (await AboutAsync(db, inbound, sender, cancellationToken) is not var (about, wording))
            return;
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        var words = offers.Count > 0 ? KeepQuestion.After(wording.StopReply, wording.Language, offers) : null;
        await Replies.ConfirmStopAsync(db, inbound.Policy, key, sender, about, wording, words, inbound.Text.ReceivedAt, inbound.Now, cancellationToken);
    }

    /// <returns>Null where nothing is texted from the sender that they wrote to, so that there are no words to answer in.</returns>
    private static async Task<(Purpose About, Wording Wording)?> AboutAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken) =>
        await LatestPurposeAsync(db, inbound, sender.Id, cancellationToken) is { } about && inbound.Programmes.WordingOf(about.Id, sender.Language) is { } wording ? (about, wording) : null;

    /// <summary>The purpose of the last text to this person from the sender that they answer, else the sender's first.</summary>
    private static async Task<Purpose?> LatestPurposeAsync(PortalDbContext db, InboundCase inbound, SubscriberId sender, CancellationToken cancellationToken)
    {
        var ids = inbound.Programmes.Purposes.Select(p => p.Id).ToList();
        var latest = await db.OutboundMessages.AsNoTracking()
            .Where(m => m.SubscriberId == sender && m.SentAt != null && ids.Contains(m.PurposeId))
            .OrderByDescending(m => m.SentAt).Select(m => (PurposeId?)m.PurposeId).FirstOrDefaultAsync(cancellationToken);
        return inbound.Programmes.Purposes.FirstOrDefault(p => p.Id == latest) ?? (inbound.Programmes.Purposes is [var first, ..] ? first : null);
    }
}
