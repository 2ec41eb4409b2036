using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>A text to a number of staff that was committed as Sending.</summary>
internal sealed record StaffTextToSend(StaffText Row, OutgoingText Outgoing);

/// <summary>
/// Hands texts for staff to the provider: by the same way out, at the same pace of the account, and under the same stop when
/// the provider refuses the account, as every text. Each is handed over once.
/// </summary>
public sealed class StaffTexter(PortalDatabase database, ISmsGateway gateway, SendingStopNotice notice, IOptions<DispatchOptions> options, TimeProvider clock)
{
    /// <summary>Somebody sits before the screen.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// While the provider refuses the account, one text at a time finds out whether it takes texts again; a text for staff may
    /// be that one, because no subscriber's may be waiting.
    /// </summary>
    /// <returns>Null when texts may be handed over.</returns>
    internal async Task<ProviderTakesNothing?> RefusalAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await SendingStopNotice.FindAsync(db, cancellationToken) is not { } stop)
            return null;
        var since = now - options.Value.StoppedPause;
        return stop.Since > since || await db.StaffTexts.AnyAsync(t => t.SentAt > since, cancellationToken) ? new ProviderTakesNothing(stop.Sentence) : null;
    }

    /// <param name="texts">Committed.</param>
    internal async Task<IReadOnlyList<SendOutcome>> HandOverAsync(IReadOnlyList<StaffTextToSend> texts, CancellationToken cancellationToken)
    {
        var outcomes = new List<SendOutcome>(texts.Count);
        foreach (var text in texts)
        {
            // What refused one text refuses all.
            var outcome = outcomes.OfType<SendOutcome.Stopped>().Any() ? new SendOutcome.Withheld(TimeSpan.Zero) : await HandOverAsync(text.Outgoing, cancellationToken);
            outcomes.Add(outcome);
            // The text may have left: what came of it is written whoever has closed the page.
            await database.WriteAsync(db => NoteAsync(db, text.Row.ClientRef, outcome), CancellationToken.None);
        }

        await notice.NoteAsync(outcomes, CancellationToken.None);
        return outcomes;
    }

    private async Task<SendOutcome> HandOverAsync(OutgoingText text, CancellationToken cancellationToken)
    {
        try
        {
            var wait = await gateway.WaitForTurnAsync(isSpaced: false, LongestWait, cancellationToken);
            if (wait > TimeSpan.Zero)
                return new SendOutcome.Withheld(wait);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Withheld(TimeSpan.Zero);
        }

        return await gateway.SendAsync(text, CancellationToken.None);
    }

    private async Task NoteAsync(PortalDbContext db, string clientRef, SendOutcome outcome)
    {
        // A receipt may have been quicker, and a number may have been removed meanwhile.
        var row = await db.StaffTexts.FirstOrDefaultAsync(t => t.ClientRef == clientRef && t.State == MessageState.Sending);
        if (row is null)
            return;
        var now = clock.GetUtcNow();
        (row.State, row.FinalAt) = outcome switch
        {
            SendOutcome.Accepted => (MessageState.Accepted, (DateTimeOffset?)null),
            SendOutcome.Unconfirmed => (MessageState.Unconfirmed, null),
            SendOutcome.Rejected => (MessageState.Failed, now),
            _ => (MessageState.Skipped, now),
        };
        row.ProviderMessageId ??= (outcome as SendOutcome.Accepted)?.ProviderMessageIds[0];
        row.ErrorCode = outcome switch { SendOutcome.Rejected rejected => rejected.Code, SendOutcome.Stopped stopped => stopped.Code, _ => null };
    }

    /// <summary>What came of a text, for the person at the screen.</summary>
    internal static string Sentence(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => "The provider took it.",
        SendOutcome.Rejected rejected => rejected.Sentence,
        SendOutcome.Stopped stopped => stopped.Sentence,
        SendOutcome.Unconfirmed unconfirmed => $"{unconfirmed.Sentence} It is not sent again by itself.",
        SendOutcome.Unreachable unreachable => unreachable.Sentence,
        _ => "It did not leave: other texts are before it. Try again in a minute.",
    };
}

public sealed record ProviderTakesNothing(string Sentence) : Failure($"{Sentence} Nothing was sent; try again in a minute.");
