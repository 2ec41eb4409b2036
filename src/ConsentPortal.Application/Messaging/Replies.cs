using ConsentPortal.Domain;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The portal's own answers to a person: prompts and confirmations from the wording they saw. They are planned like every
/// other text and leave through the same dispatcher and the same policy.
/// </summary>
internal static class Replies
{
    // 47 CFR 64.1200(a)(12): a confirmation within five minutes is presumed to be within the consent (US-16).
    internal static readonly TimeSpan OptOutConfirmationLifetime = TimeSpan.FromMinutes(5);

    private const string InTime = "US-16";

    /// <summary>Plans the reply unless it would be one too many.</summary>
    /// <param name="words">Where they say something else than the wording's own; null for those.</param>
    public static async Task PlanAsync(
        PortalDbContext db, PolicyVersion policy, SubjectKey key, Subscriber subscriber, Purpose purpose, Wording wording, MessageKind kind, string? words, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await IsOneTooManyAsync(db, policy, subscriber, purpose, kind, now, cancellationToken))
            return;
        db.OutboundMessages.Add(Make(policy, key, subscriber, purpose, wording, kind, now, words));
    }

    /// <summary>
    /// Plans the one confirmation of a stop. Its time runs from when the stop came, however long it took to be read: where it is
    /// over already, only the reason is kept why the person was not answered.
    /// </summary>
    /// <param name="words">Where they say more than the wording's own; null for those.</param>
    /// <param name="receivedAt">When the stop came (UTC).</param>
    public static async Task ConfirmStopAsync(
        PortalDbContext db, PolicyVersion policy, SubjectKey key, Subscriber subscriber, Purpose purpose, Wording wording, string? words, DateTimeOffset receivedAt, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await IsOneTooManyAsync(db, policy, subscriber, purpose, MessageKind.OptOutConfirmation, now, cancellationToken))
            return;
        var confirmation = Make(policy, key, subscriber, purpose, wording, MessageKind.OptOutConfirmation, now, words);
        confirmation.NotAfter = receivedAt + OptOutConfirmationLifetime;
        if (now > confirmation.NotAfter)
            (confirmation.State, confirmation.Reason, confirmation.Rule, confirmation.DecidedAt, confirmation.FinalAt) = (MessageState.Skipped, nameof(SendReason.AnswerTooLate), InTime, now, now);
        db.OutboundMessages.Add(confirmation);
    }

    /// <returns>When the stop came that a confirmation answers (UTC).</returns>
    public static DateTimeOffset StopReceivedAt(OutboundMessage confirmation) => confirmation.NotAfter - OptOutConfirmationLifetime ?? confirmation.PlannedAt;

    /// <summary>The same for a person who is known to have had none of this kind lately.</summary>
    public static OutboundMessage Make(PolicyVersion policy, SubjectKey key, Subscriber subscriber, Purpose purpose, Wording wording, MessageKind kind, DateTimeOffset now, string? words = null) => new()
    {
        SubscriberId = subscriber.Id, Kind = kind, MessageClass = MessageClass.Transactional, PurposeId = purpose.Id,
        ClientRef = NewClientRef(now), PlannedAt = now, DueAt = now, NotAfter = NotAfter(policy, kind, now), State = MessageState.Planned,
        BodySealed = key.Seal(words ?? BodyOf(wording, kind), SealedField.MessageBody), WordingId = wording.Id,
    };

    /// <summary>A reference for the provider that says nothing about anybody. Those of one planning ascend, so that their index grows at its end.</summary>
    public static string NewClientRef(DateTimeOffset now) => AscendingIds.Next(now).ToString("N");

    private static Task<bool> IsOneTooManyAsync(
        PortalDbContext db, PolicyVersion policy, Subscriber subscriber, Purpose purpose, MessageKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = kind switch
        {
            MessageKind.HelpReply => now - policy.HelpInterval,
            MessageKind.DoubleOptInPrompt => now - policy.DoubleOptInLifetime,
            _ => now - OptOutConfirmationLifetime,
        };
        return db.OutboundMessages.AnyAsync(
            m => m.SubscriberId == subscriber.Id && m.Kind == kind && m.PurposeId == purpose.Id && m.PlannedAt > since && m.State != MessageState.Skipped,
            cancellationToken);
    }

    private static DateTimeOffset? NotAfter(PolicyVersion policy, MessageKind kind, DateTimeOffset now) => kind switch
    {
        MessageKind.OptOutConfirmation => now + OptOutConfirmationLifetime,
        MessageKind.DoubleOptInPrompt => now + policy.DoubleOptInLifetime,
        _ => now + TimeSpan.FromHours(1),
    };

    internal static string BodyOf(Wording wording, MessageKind kind) => kind switch
    {
        MessageKind.DoubleOptInPrompt => wording.DoubleOptInPrompt,
        MessageKind.OptInConfirmation => wording.Confirmation,
        MessageKind.OptOutConfirmation => wording.StopReply,
        MessageKind.HelpReply => wording.HelpReply,
        MessageKind.Campaign or MessageKind.Transactional or MessageKind.OneTimeCode =>
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only replies come from a wording."),
    };
}
