using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// The deletion itself, inside the caller's transaction. The person's key goes, and with it every sealed value wherever a
/// copy lies; what was readable without the key is deleted; dates, counts and the keyed hash that keeps the number from
/// being texted again stay.
/// </summary>
/// <param name="words">By which the person is found: they are taken away by their key, because a search for what else leads to the person reads millions of rows.</param>
/// <param name="request">The person's own wish, which also stops their number for good; null where the time is over for which they are kept.</param>
internal sealed class SubscriberErasure(PortalDbContext db, Subscriber person, IReadOnlyCollection<SearchWord> words, PrivacyRequest? request, DateTimeOffset now)
{
    /// <summary>What stays, and why: printed on the certificate.</summary>
    public static IReadOnlyList<KeptThing> Kept { get; } =
    [
        new("A keyed hash of the number on the do-not-text list. It can't be turned back without the key ring", "No later import may bring the person back (GDPR art. 17(3)(b), 21(3))"),
        new("Dates, kinds and wording versions of the consent events, without evidence", "To show that past texts were lawful (GDPR art. 17(3)(e))"),
        new("Rows of the send ledger, without words or number", "When a text left, under which decision (GDPR art. 17(3)(e))"),
        new("The audit log; its personal values are sealed with the destroyed key", "Integrity of the records (GDPR art. 5(2))"),
        new("This request: kind, dates, who decided, which letters were sent and when, without their words", "Records of requests, at least 24 months (11 CCR § 7101)", IsTheRequest: true),
    ];

    /// <summary>In the words of the certificate, and of the request's own page.</summary>
    internal const string NotStopped = "Do-not-text list: the number was not stopped, because another person who did not ask for this has it";

    /// <summary>On the do-not-text list: which request erased the number.</summary>
    internal static string ReasonOf(PrivacyRequest request) => string.Create(CultureInfo.InvariantCulture, $"Erasure, DSR-{request.Number}");

    /// <returns>What was done in each store, in words for the certificate.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(Actor actor, CancellationToken cancellationToken)
    {
        var hash = person.PhoneHash;
        var done = new List<string>();
        await EvidenceAsync(done, cancellationToken);
        if (request is not null)
        {
            await StopAsync(actor, request, done, cancellationToken);
            await UnrecordedAsync(hash, done, cancellationToken);
        }

        await TextsAsync(hash, done, cancellationToken);
        await DetailsAsync(done, cancellationToken);
        await VerdictsAsync(hash, done, cancellationToken);
        await PeriodsAsync(done, cancellationToken);
        await CommentsAsync(done, cancellationToken);
        person.Empty(now);
        done.Insert(0, "Subscribers: the person's key destroyed; number, name, id, place, language and their look-up hashes removed");
        return done;
    }

    /// <summary>
    /// Ends every consent, stops the number for good and skips what was planned, as a withdrawal of everything does. Where somebody
    /// else has the number, they did not ask for this and go on being texted: the stop is kept as one that was lifted at once, which
    /// still says that this number was erased here.
    /// </summary>
    private async Task StopAsync(Actor actor, PrivacyRequest request, List<string> done, CancellationToken cancellationToken)
    {
        var withdrawal = new Withdrawal(
            SuppressionScope.All, SuppressionSource.Erasure, ConsentChannel.Portal, ReasonOf(request), request.ReceivedAt);
        await WithdrawConsent.EndAsync(db, actor, [person], withdrawal, now, cancellationToken);
        if (person.PhoneHash is { } hash)
        {
            var isAnothers = await IsAnothersAsync(hash, cancellationToken);
            db.Suppressions.Add(new Suppression { PhoneHash = hash, Scope = withdrawal.Scope, Source = withdrawal.Source, Reason = withdrawal.Reason, At = now, LiftedAt = isAnothers ? now : null });
            if (isAnothers)
                done.Add(NotStopped);
        }

        // A confirmation of a stop is spared by a withdrawal; after an erasure there is nobody to confirm to.
        var skipped = await db.OutboundMessages.Where(m => m.SubscriberId == person.Id && (m.State == MessageState.Planned || m.State == MessageState.Deferred))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, "Withdrawn").SetProperty(x => x.Rule, "C-10")
                .SetProperty(x => x.DecidedAt, now).SetProperty(x => x.FinalAt, now), cancellationToken);
        if (skipped > 0)
            await TextTrail.NameSkippedAsync(db, actor, db.OutboundMessages.Where(m => m.SubscriberId == person.Id), now, cancellationToken);
    }

    private async Task EvidenceAsync(List<string> done, CancellationToken cancellationToken)
    {
        var events = await db.ConsentEvents.Where(e => e.SubscriberId == person.Id && (e.EvidenceSealed != null || e.Reason != null))
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.EvidenceSealed, (byte[]?)null).SetProperty(x => x.Reason, (string?)null), cancellationToken);
        Tell(done, events, "Consent events", "evidence and notes removed");
    }

    private async Task TextsAsync(byte[]? hash, List<string> done, CancellationToken cancellationToken)
    {
        var sent = await db.OutboundMessages.Where(m => m.SubscriberId == person.Id && m.BodySealed != null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null).SetProperty(x => x.RefusedFields, (string?)null), cancellationToken);
        Tell(done, sent, "Texts to the person", "words removed");
        var languages = await db.OutboundMessages.Where(m => m.SubscriberId == person.Id && m.Language != null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.Language, (string?)null), cancellationToken);
        Tell(done, languages, "Texts to the person", "language removed");
        var onTheirWay = await db.OutboundMessages.CountAsync(
            m => m.SubscriberId == person.Id && m.ProviderMessageId == null
                && (m.State == MessageState.Sending || m.State == MessageState.Unconfirmed || m.Reason == nameof(SendReason.SettledAsSent)), cancellationToken);
        Tell(done, onTheirWay, "Texts on their way", "words removed; the provider is asked to erase them once it has told their ids");
        // Also texts from before the number was known, which belong to nobody; not those of others who have or had the number.
        var received = await db.InboundMessages.Where(m => m.SubscriberId == person.Id || (m.SubscriberId == null && m.FromHash == hash))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null).SetProperty(x => x.FromHash, NumberPeriod.NoHash), cancellationToken);
        // The texts that they were parts of are counted already.
        await db.ReceivedParts.Where(p => p.SubscriberId == person.Id)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.TextSealed, (byte[]?)null).SetProperty(x => x.FromHash, NumberPeriod.NoHash).SetProperty(x => x.ReadAt, x => x.ReadAt ?? now), cancellationToken);
        Tell(done, received, "Texts from the person", "words and sender removed");
    }

    private async Task DetailsAsync(List<string> done, CancellationToken cancellationToken)
    {
        var id = person.Id;
        Tell(done, await db.ForgetWordsAsync(words, cancellationToken), "Search words", "deleted");
        Tell(done, await db.SubscriberAttributes.Where(a => a.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Custom attributes", "deleted");
        Tell(done, await db.SubscriberFacts.Where(f => f.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Purchases, clicks and replies", "deleted");
        Tell(done, await db.EvidenceDocuments.Where(d => d.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Evidence documents", "deleted");
        Tell(done, await db.PrivacyRequestAttachments.Where(a => a.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Files sent with privacy requests", "deleted");
        Tell(done, await db.ReengagementAnswers.Where(a => a.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "What came of asking to come back", "deleted");
        Tell(done, await db.OneTimeCodes.Where(c => c.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "One-time codes", "deleted");
        Tell(done, await db.ImportChanges.Where(c => c.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Former values kept by imports", "deleted");
        Tell(done, await db.LegalHolds.Where(h => h.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Ended legal holds", "deleted");
        Tell(done, await db.SegmentMembers.Where(m => m.SubscriberId == id).ExecuteDeleteAsync(cancellationToken), "Memberships of lists", "deleted");
    }

    /// <summary>Of every number that the person has or had; somebody else who has the same one keeps what the provider said about it.</summary>
    private async Task VerdictsAsync(byte[]? hash, List<string> done, CancellationToken cancellationToken)
    {
        var had = await db.NumberPeriods.Where(p => p.SubscriberId == person.Id && p.PhoneHash != NumberPeriod.NoHash).Select(p => p.PhoneHash).ToListAsync(cancellationToken);
        var rows = 0;
        foreach (var number in had.Append(hash).OfType<byte[]>().DistinctBy(Convert.ToHexString))
        {
            if (!await IsAnothersAsync(number, cancellationToken))
                rows += await db.ProviderVerdicts.Where(v => v.PhoneHash == number).ExecuteDeleteAsync(cancellationToken);
        }

        Tell(done, rows, "What the provider said about the number", "deleted");
    }

    /// <summary>Whether another person has the number; the records that went into this one, or that this one went into, are the same person.</summary>
    private Task<bool> IsAnothersAsync(byte[] hash, CancellationToken cancellationToken) =>
        db.Subscribers.AnyAsync(s => s.PhoneHash == hash && s.Id != person.Id && s.ErasedAt == null && s.MergedIntoId == null && s.Id != person.MergedIntoId, cancellationToken);

    private async Task PeriodsAsync(List<string> done, CancellationToken cancellationToken)
    {
        var periods = await db.NumberPeriods.Where(p => p.SubscriberId == person.Id)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.PhoneHash, NumberPeriod.NoHash).SetProperty(x => x.To, x => x.To ?? now), cancellationToken);
        Tell(done, periods, "Periods of the number", "closed, hash removed");
    }

    private async Task CommentsAsync(List<string> done, CancellationToken cancellationToken)
    {
        var comments = await db.PrivacyRequestEntries
            .Where(e => e.Kind != RequestEntryKinds.Step && db.PrivacyRequests.Any(r => r.Id == e.RequestId && r.SubscriberId == person.Id))
            .ExecuteDeleteAsync(cancellationToken);
        Tell(done, comments, "Comments and messages on privacy requests", "deleted");
        // That they were written and sent proves the answer, and stays.
        Tell(done, await db.PrivacyRequestLetters.Where(l => l.SubscriberId == person.Id && l.TextSealed != null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.TextSealed, (byte[]?)null), cancellationToken), "Letters to the person", "words removed");
        Tell(done, await db.PackageRedactions.Where(r => r.SubscriberId == person.Id).ExecuteDeleteAsync(cancellationToken), "What was withheld from packages", "deleted");
        Tell(done, await db.PackageReviews.Where(r => r.SubscriberId == person.Id).ExecuteDeleteAsync(cancellationToken), "Reviews of packages", "deleted");
        var own = request?.Id;
        await db.PrivacyRequests.Where(r => r.SubscriberId == person.Id && r.Id != own)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Outcome, (string?)null), cancellationToken);
    }

    /// <summary>
    /// The number in requests that were answered before it had a record; not where another person has it. One that is open keeps its number until it is answered, because it wants
    /// an answer.
    /// </summary>
    private async Task UnrecordedAsync(byte[]? hash, List<string> done, CancellationToken cancellationToken)
    {
        if (hash is null || await IsAnothersAsync(hash, cancellationToken))
            return;
        var requests = db.PrivacyRequests.Where(r => r.CompletedAt != null && db.UnrecordedNumbers.Any(n => n.RequestId == r.Id && n.PhoneHash == hash));
        Tell(done, await UnrecordedNumber.ForgetAsync(db, requests, cancellationToken), "Earlier requests for the number, from before it had a record", "number and words removed");
    }

    private static void Tell(List<string> done, int rows, string store, string what)
    {
        if (rows > 0)
            done.Add(string.Create(CultureInfo.InvariantCulture, $"{store}: {rows:N0} {(rows == 1 ? "row" : "rows")}, {what}"));
    }
}
