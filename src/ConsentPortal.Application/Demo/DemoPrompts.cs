using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>The texts that asked people lately to confirm, so that the funnel of double opt-in has its middle.</summary>
public sealed class DemoPrompts(PortalDatabase database, SubjectKeys keys, DemoSent sent)
{
    /// <summary>Of what was asked earlier the ledger need not tell: no report that is opened as it comes goes back further.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(45);

    private static readonly TimeSpan ToTheHandset = TimeSpan.FromSeconds(9);

    /// <param name="now">When the demo was begun (UTC).</param>
    public Task AddAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            if (await db.OutboundMessages.AnyAsync(m => m.Kind == MessageKind.DoubleOptInPrompt, cancellationToken))
                return;
            var since = now - Lately;
            var asked = await (
                from requested in db.ConsentEvents.AsNoTracking()
                where requested.Kind == ConsentEventKind.Requested && requested.At >= since && requested.WordingId != null
                join person in db.Subscribers on requested.SubscriberId equals person.Id
                orderby requested.Id
                select new { requested.At, requested.PurposeId, requested.WordingId, Person = person }).ToListAsync(cancellationToken);
            var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
            var wordings = await db.Wordings.AsNoTracking().ToDictionaryAsync(w => w.Id, cancellationToken);
            var prompts = asked.ConvertAll(a => Prompt(a.Person, purposes[a.PurposeId], wordings[a.WordingId!.Value], a.At));
            db.OutboundMessages.AddRange(prompts);
            await db.SaveChangesAsync(cancellationToken);
            await sent.DecideAsync(db, prompts, asked.Select(a => a.Person).DistinctBy(p => p.Id).ToDictionary(p => p.Id), cancellationToken);
        },
        cancellationToken);

    private OutboundMessage Prompt(Subscriber person, Purpose purpose, Wording wording, DateTimeOffset at)
    {
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        var prompt = Replies.Make(PolicyVersion.Default, key, person, purpose, wording, MessageKind.DoubleOptInPrompt, at);
        (prompt.State, prompt.Language, prompt.DecidedAt, prompt.SentAt, prompt.FinalAt) = (MessageState.Delivered, wording.Language, at, at, at + ToTheHandset);
        (prompt.Attempts, prompt.Parts, prompt.Price, prompt.ProviderMessageId) = (1, 1, 0.0333m, Guid.CreateVersion7(at).ToString());
        return prompt;
    }
}
