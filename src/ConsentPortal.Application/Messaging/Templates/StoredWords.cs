using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>A stored text as a program names it.</summary>
/// <param name="Language">ISO 639-1, also with a region; null for the person's own.</param>
/// <param name="Values">By their names in the text.</param>
public sealed record NamedTemplate(string Name, string? Language, IReadOnlyDictionary<string, string> Values);

/// <summary>The words of a text that a program asks for.</summary>
/// <param name="Name">Of the template, like its version and language; null where the program brings its own words.</param>
/// <param name="Values">What the program hands in.</param>
internal sealed record StoredWords(string? Name, int? Version, string? Language, MessageTemplate Template, IReadOnlyDictionary<string, string> Values)
{
    /// <param name="ofPerson">The language that the person reads, if that is known.</param>
    public static async Task<Result<StoredWords>> FindAsync(PortalDbContext db, NamedTemplate named, Purpose purpose, string? ofPerson, CancellationToken cancellationToken)
    {
        var template = await db.TextTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Name == named.Name, cancellationToken);
        if (template is not { RetiredAt: null })
            return new FieldRefused("template", "There is no template of this name in use. Nothing was planned; see the page of templates.");
        if (template.PurposeId != purpose.Id)
            return new FieldRefused("template", "This template belongs to another purpose. Nothing was planned; name the purpose that it was written for.");
        var version = await db.TextTemplateVersions.AsNoTracking().Where(v => v.TemplateId == template.Id && v.State == TemplateState.Approved)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
        if (version is null)
            return new FieldRefused("template", "No version of this template has been approved yet. Nothing was planned; have a second person approve it.");
        var content = version.Content;
        var text = content.In(named.Language, ofPerson);
        var words = MessageTemplate.Parse(text.Body, TemplateRules.Names(content)).Value;
        if (await AttributeFields.RefusalAsync(db, [words], cancellationToken) is { } gone)
            return new FieldRefused("template", $"The approved text can't be filled in. {gone.Message} Nothing was planned; have somebody write its next version.");
        return Refusal(named, content, words) is { } refused ? refused : new StoredWords(template.Name, version.Number, text.Language, words, named.Values);
    }

    private static FieldRefused? Refusal(NamedTemplate named, TemplateContent content, MessageTemplate words)
    {
        if (named.Values.Keys.FirstOrDefault(name => content.Values.All(value => value.Name != name)) is { } unknown)
            return new FieldRefused("values", $"The template takes no value “{Shown(unknown)}”. Nothing was planned; it takes {(content.Values.Count == 0 ? "none" : string.Join(", ", content.Values.Select(value => value.Name)))}.");
        if (words.Needed.FirstOrDefault(name => !named.Values.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value)) is { } missing)
            return new FieldRefused("values", $"The text says nothing without the value “{missing}”. Nothing was planned; hand it in.");
        return named.Values.FirstOrDefault(pair => pair.Value.Length > TemplateRules.LongestValue || pair.Value.Any(char.IsControl)) is { Key: { } wrong }
            ? new FieldRefused("values", $"The value “{wrong}” is longer than {TemplateRules.LongestValue} characters, or holds a line break. Nothing was planned.")
            : null;
    }

    private static string Shown(string name) => name.Length <= 30 ? name : name[..30];
}
