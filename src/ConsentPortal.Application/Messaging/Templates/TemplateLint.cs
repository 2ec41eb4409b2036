using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>What a template's words are judged by while only they change.</summary>
/// <param name="Countries">To which the purpose is open; empty for all.</param>
/// <param name="Link">A preference link of the usual length; null where the setting is missing.</param>
public sealed record TemplateGround(PurposeId Purpose, string Brand, MessageClass MessageClass, SenderFacts Sender, IReadOnlyList<string> Countries, PolicyVersion Policy, DateTimeOffset At, string? Link)
{
    /// <summary>The custom attributes that texts can name.</summary>
    public IReadOnlyList<AttributeField> Attributes { get; init; } = [];
}

/// <summary>A finding on the text of one language.</summary>
public sealed record TemplateFinding(string Language, LintFinding Finding)
{
    /// <summary>By which it is confirmed.</summary>
    public string Key => KeyOf(Language, Finding.Rule.Id);

    public static string KeyOf(string language, string rule) => $"{language} {rule}";
}

/// <summary>What the rules say of a template's words, with the examples in the place of its values.</summary>
public sealed class TemplateLint(PortalDatabase database, PublicAddress address, TimeProvider clock)
{
    private static readonly string LongName = new('m', TextDraft.LongestName);
    private static readonly string AccentedName = new string('m', TextDraft.LongestName - 1) + "ë";

    public async Task<Result<TemplateGround>> GroundAsync(Actor actor, PurposeId purpose, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == purpose, cancellationToken) is { } found
            ? await GroundAsync(db, found, cancellationToken)
            : new Consent.PurposeNotFound();
    }

    internal async Task<TemplateGround> GroundAsync(PortalDbContext db, Purpose purpose, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return new TemplateGround(
            purpose.Id, purpose.Brand, purpose.MessageClass, new SenderFacts(purpose.Sender, purpose.SenderCanReceive),
            purpose.Countries?.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            await ActivePolicy.AtAsync(db, now, cancellationToken), now, address.PreferencesOf(default))
        {
            Attributes = await AttributeFields.ReadAsync(db, cancellationToken),
        };
    }

    /// <summary>No query and no clock: called at every pause in typing.</summary>
    public static IReadOnlyList<TemplateFinding> Check(TemplateGround ground, TemplateContent content) =>
        [.. content.Texts.Where(text => !string.IsNullOrWhiteSpace(text.Body)).SelectMany(text => MessageLinter.Check(Draft(ground, content, text)).Select(finding => new TemplateFinding(text.Language, finding)))];

    /// <summary>The text as somebody with a usual name would read it; null while it can't be read.</summary>
    public static MessageBody? Preview(TemplateGround ground, TemplateContent content, TemplateText text) =>
        MessageTemplate.Parse(text.Body, TemplateRules.Names(content)).TryGet(out var template, out _) ? Merged(ground, content, text, template, "Alex", "Morgan") : null;

    private static TextDraft Draft(TemplateGround ground, TemplateContent content, TemplateText text) =>
        Draft(ground, content, text, MessageTemplate.Parse(text.Body, TemplateRules.Names(content)).TryGet(out var template, out _) ? template : null);

    private static TextDraft Draft(TemplateGround ground, TemplateContent content, TemplateText text, MessageTemplate? template) => new()
    {
        FieldsThatAreGone = AttributeFields.Gone(ground.Attributes, template), SensitiveFields = AttributeFields.Sensitive(ground.Attributes, template),
        Template = text.Body, Readings = template is null ? [] : Readings(ground, content, text, template), MessageClass = ground.MessageClass, Brand = ground.Brand, Sender = ground.Sender, Countries = ground.Countries,
        Policy = ground.Policy, At = ground.At, FieldsThatMayBeMissing = [.. MergeField.All.Where(f => f.MayBeMissing).Select(f => f.Name), .. ground.Attributes.Select(f => f.Name)], HasPreferencePages = ground.Link is not null,
    };

    private static DraftReading[] Readings(TemplateGround ground, TemplateContent content, TemplateText text, MessageTemplate template) =>
    [
        new DraftReading(
            text.Language, Merged(ground, content, text, template, "Alex", "Morgan"), Merged(ground, content, text, template, LongName, LongName),
            Merged(ground, content, text, template, AccentedName, AccentedName)),
    ];

    private static MessageBody Merged(TemplateGround ground, TemplateContent content, TemplateText text, MessageTemplate template, string firstName, string lastName) => new(
        template.Render(new MergeValues(firstName, lastName, ground.Brand, StopLine.In(text.Language), ground.Link)
        {
            Own = content.Values.ToDictionary(value => value.Name, value => value.Example, StringComparer.Ordinal),
            Attributes = AttributeFields.Invented(ground.Attributes, template, text.Language, firstName),
        }).Text);
}
