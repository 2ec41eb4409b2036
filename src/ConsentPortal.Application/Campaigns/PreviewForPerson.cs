using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="IsInSegment">Null where no segment was chosen.</param>
/// <param name="Missing">Merge fields without a value for this person.</param>
/// <param name="Decision">What the rules would say of this text to them, at the start of the campaign or now, whichever is later.</param>
public sealed record PersonPreview(
    SubscriberId Person, string MaskedPhone, string? Region, bool? IsInSegment, string Text, SmsMeasure Measure, IReadOnlyList<string> Missing, SendDecision Decision)
{
    /// <summary>Of the words, and why this one; null where there is one language.</summary>
    public LanguageChoice? Language { get; init; }

    /// <summary>The language of the person's record; null where nobody knows it.</summary>
    public string? Reads { get; init; }
}

/// <summary>
/// A draft as one chosen person would read it, by their own name and language, and what the rules would decide. It shows what
/// is sealed, so the audit trail keeps who looked.
/// </summary>
public sealed class PreviewForPerson(PortalDatabase database, SendFactsReader facts, PublicAddress address, TimeProvider clock)
{
    public const string Previewed = "subscriber.textPreviewed";

    public async Task<Result<PersonPreview>> ExecuteAsync(Actor actor, PreviewQuestion question, SubscriberId person, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        actor.Require(Permissions.ViewSubscribers);
        var shown = await ReadAsync(question, person, cancellationToken);
        if (!shown.IsSuccess)
            return shown;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(Previewed, "subscriber", person.ToString(), person, "Text of a campaign, as this person would read it"));
                return Task.CompletedTask;
            },
            cancellationToken);
        return shown;
    }

    private async Task<Result<PersonPreview>> ReadAsync(PreviewQuestion question, SubscriberId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == question.PurposeId, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var now = clock.GetUtcNow();
        var at = question.StartAt > now ? question.StartAt : now;
        var people = await facts.ReadAsync(db, [id], new SendQuestion(purpose, purpose.MessageClass, question.Subject) { Timing = question.Timing }, at, cancellationToken);
        if (!people.TryGetValue(id, out var person) || person.Opened is not { } opened)
            return new SubscriberNotFound();
        var choice = TextLanguage.For(person.Language, question.Language, [.. question.Further.Select(t => t.Language)]);
        if (!MessageTemplate.Parse(question.Further.FirstOrDefault(t => t.Language == choice.Language)?.Body ?? question.Body).TryGet(out var template, out var refused))
            return refused;
        if (await AttributeFields.RefusalAsync(db, [template], cancellationToken) is { } unknown)
            return unknown;
        var attributes = await AttributesOfPeople.ReadAsync(db, [id], [.. template.Attributes], cancellationToken);
        // The link opens the person's own page to whoever has it: it is shown, not made.
        var values = MergeValues.Of(person, purpose, template, address, choice.Language, attributes);
        var text = template.Render(values.PreferencesLink is null ? values : values with { PreferencesLink = address.PreferencesOf(default) });
        var decision = SendPolicy.Evaluate(person.Facts with { Body = new MessageBody(text.Text) }, await ActivePolicy.AtAsync(db, at, cancellationToken), at);
        return new PersonPreview(
            id, opened.Phone.ToString(), opened.Phone.Region, await IsInAsync(db, question.SegmentId, id, at, cancellationToken), text.Text, SmsMeasure.Of(text.Text), text.Missing, decision)
        {
            Language = choice.Language is null ? null : choice, Reads = person.Language,
        };
    }

    private static async Task<bool?> IsInAsync(PortalDbContext db, SegmentId? segment, SubscriberId person, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (segment is not { } id)
            return null;
        var version = await db.Segments.Where(s => s.Id == id).Select(s => s.CurrentVersion).SingleOrDefaultAsync(cancellationToken);
        return await SegmentAudience.RuleAsync(db, id, version, at: null, cancellationToken) is { } rule
            ? await SegmentTranslator.People(db, rule, await RuleMoments.AtAsync(db, at, cancellationToken)).AnyAsync(s => s.Id == person, cancellationToken)
            : null;
    }
}
