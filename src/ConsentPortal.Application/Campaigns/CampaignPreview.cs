using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="SegmentId">The person who was added to it last is the sample; null, or an empty segment, gives an invented one.</param>
/// <param name="WithName">False shows the text of somebody of whom neither the name nor an attribute is known.</param>
public sealed record PreviewQuestion(PurposeId PurposeId, SegmentId? SegmentId, string Body, string? Subject, DateTimeOffset StartAt, bool WithName)
{
    /// <summary>Shows links as short as they will be.</summary>
    public bool CountsClicks { get; init; }

    /// <summary>In which the body is written; null where there is one language: then it is read by people of all.</summary>
    public string? Language { get; init; }

    /// <summary>The same text in further languages, of which a chosen person may get one.</summary>
    public IReadOnlyList<TranslatedText> Further { get; init; } = [];

    /// <summary>What the campaign wants of the person's clock.</summary>
    public SendTiming? Timing { get; init; }

    /// <summary>Whether the other one would be answered in the same way.</summary>
    public bool IsAs(PreviewQuestion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Further = other.Further } == other && Further.SequenceEqual(other.Further);
    }
}

/// <param name="Recipient">Masked number of the person in whose language it says how to stop; null for an invented one, and where the words have a language of their own.</param>
public sealed record MessagePreview(string Text, SmsMeasure Measure, IReadOnlyList<string> Missing, string? Recipient);

/// <summary>A draft as one person would read it.</summary>
public sealed class CampaignPreview(PortalDatabase database, SendFactsReader facts, PublicAddress address, ShortLinks links, TimeProvider clock)
{
    public async Task<Result<MessagePreview>> GetAsync(Actor actor, PreviewQuestion question, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        if (!MessageTemplate.Parse(question.Body).TryGet(out var template, out var refused))
            return refused;
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == question.PurposeId, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var attributes = await AttributeFields.ReadAsync(db, cancellationToken);
        if (AttributeFields.Refusal(attributes, template.Attributes) is { } unknown)
            return unknown;
        var now = clock.GetUtcNow();
        var at = question.StartAt > now ? question.StartAt : now;
        var person = question.Language is null ? await SampleAsync(db, purpose, question, at, cancellationToken) : null;
        // Names are invented, and the link belongs to nobody: writing a text takes no right to see people.
        var language = question.Language ?? person?.Language;
        var values = new MergeValues(question.WithName ? "Alex" : null, question.WithName ? "Morgan" : null, purpose.Brand, StopLine.In(language), address.PreferencesOf(default))
        {
            Attributes = question.WithName ? AttributeFields.Invented(attributes, template, language) : null,
        };
        var text = template.Render(values);
        var words = question.CountsClicks && links.Of([question.Body]) is { } counted ? counted.Shorten(text.Text) : text.Text;
        return new MessagePreview(words, SmsMeasure.Of(words), text.Missing, person?.Opened?.Phone.ToString());
    }

    private async Task<PersonFacts?> SampleAsync(PortalDbContext db, Purpose purpose, PreviewQuestion question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (question.SegmentId is not { } id)
            return null;
        var version = await db.Segments.Where(s => s.Id == id).Select(s => s.CurrentVersion).SingleOrDefaultAsync(cancellationToken);
        if (await SegmentAudience.RuleAsync(db, id, version, at: null, cancellationToken) is not { } rule)
            return null;
        var newest = await SegmentTranslator.People(db, rule, await RuleMoments.AtAsync(db, at, cancellationToken)).OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Select(s => s.Id).Take(1).ToListAsync(cancellationToken);
        var people = await facts.ReadAsync(db, newest, new SendQuestion(purpose, purpose.MessageClass, question.Subject), at, cancellationToken);
        return people.Values.FirstOrDefault();
    }
}
