using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// The finished rows of one batch, apart from the context: what an import adds is never read again in the same batch, so
/// nothing need watch it for changes.
/// </summary>
internal sealed class ImportedRows
{
    private readonly List<Subscriber> _subscribers = [];
    private readonly List<NumberPeriod> _periods = [];
    private readonly List<(ConsentEvent Event, ConsentRecord? Record)> _events = [];

    /// <summary>What people are found by from now on; added for a whole transaction at once.</summary>
    public List<SearchWord> Words { get; } = [];

    /// <summary>The former names of people who were known, forgotten first.</summary>
    public List<SearchWord> FormerWords { get; } = [];

    /// <summary>People who were known and leave: what was planned for them is skipped.</summary>
    public List<SubscriberId> Withdrawn { get; } = [];

    /// <summary>A consent rests on the wording of the import, which from then on never changes.</summary>
    public bool UsesWording { get; set; }

    /// <summary>Of the people who are new, and of those who are not even stored.</summary>
    public IEnumerable<byte[]> PhoneHashes => _subscribers.Select(s => s.PhoneHash!).Concat(Strangers);

    /// <summary>Numbers that are stopped while nobody is stored under them.</summary>
    public List<byte[]> Strangers { get; } = [];

    public List<SubscriberAttribute> Attributes { get; } = [];

    public List<Suppression> Suppressions { get; } = [];

    public List<OutboundMessage> Prompts { get; } = [];

    public List<AuditEntry> Entries { get; } = [];

    public List<ImportChange> Changes { get; } = [];

    public List<ImportIssue> Issues { get; } = [];

    public void Add(MadeSubscriber person)
    {
        _subscribers.Add(person.Subscriber);
        _periods.Add(person.Period);
        Words.AddRange(person.Words);
    }

    /// <param name="known">Where the person stands so far; null where the purpose is new to them.</param>
    public void Add(ConsentEvent e, ConsentRecord? known) => _events.Add((e, known));

    /// <summary>Writes all but <see cref="Words"/> in the order of the foreign keys, and folds each event into the row of its person and purpose.</summary>
    public async Task WriteAsync(PortalDbContext db, ImportRun run, CancellationToken cancellationToken)
    {
        await db.ForgetWordsAsync(FormerWords, cancellationToken);
        if (UsesWording)
            await run.UseWordingAsync(db, cancellationToken);
        if (Withdrawn.Count > 0)
            await WithdrawConsent.SkipPlannedAsync(db, run.Actor, db.OutboundMessages.Where(m => Withdrawn.Contains(m.SubscriberId)), ImportConsents.Refusal(run.Now), run.Now, cancellationToken);
        await db.InsertAsync(_subscribers, cancellationToken);
        await db.InsertAsync(_periods, cancellationToken);
        await db.InsertAsync(Attributes, cancellationToken);
        await db.InsertAsync(_events.ConvertAll(e => e.Event), cancellationToken);
        await db.InsertAsync(Fold(), cancellationToken);
        await db.InsertAsync(Suppressions, cancellationToken);
        await db.InsertAsync(Prompts, cancellationToken);
        await db.InsertAsync(Changes, cancellationToken);
        await db.InsertAsync(Issues, cancellationToken);
        await db.InsertAsync(Entries, cancellationToken);
    }

    /// <returns>The rows that are new; those that were known have changed.</returns>
    private List<ConsentRecord> Fold()
    {
        var added = new List<ConsentRecord>(_events.Count);
        // The fold names the granting event by its id, which the database has given by now.
        foreach (var (e, known) in _events)
        {
            var record = known ?? new ConsentRecord { SubscriberId = e.SubscriberId, PurposeId = e.PurposeId };
            record.Take(record.State.Apply(e));
            if (known is null)
                added.Add(record);
        }

        return added;
    }
}
