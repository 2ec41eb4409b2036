using System.Globalization;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A custom attribute as texts name it.</summary>
/// <param name="Name">Such as attribute.favourite_store.</param>
/// <param name="Attribute">As staff call it.</param>
public sealed record AttributeField(int Id, string Name, string Attribute, AttributeType Type, bool IsSensitive)
{
    public MergeField Field => MergeField.OfAttribute(Name) with { Meaning = $"{Attribute}, a custom attribute{(IsSensitive ? " that is marked as sensitive" : "")}" };
}

/// <summary>The custom attributes of people as merge fields.</summary>
public sealed class AttributeFields(PortalDatabase database)
{
    /// <summary>So many names stand beside one that there is not.</summary>
    private const int MostNearest = 3;

    public async Task<IReadOnlyList<AttributeField>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>By name. Of two attributes whose names come to the same, the later one has its number at the end, so that no field ever means another one.</summary>
    internal static async Task<IReadOnlyList<AttributeField>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var attributes = await db.AttributeDefinitions.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellationToken);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. attributes.Select(a => new AttributeField(a.Id, NameOf(a, taken), a.Name, a.Type, a.IsSensitive)).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with the attributes that texts name; null when there is each of them.</summary>
    internal static async Task<Failure?> RefusalAsync(PortalDbContext db, IEnumerable<MessageTemplate> templates, CancellationToken cancellationToken)
    {
        string[] named = [.. templates.SelectMany(t => t.Attributes).Distinct(StringComparer.Ordinal)];
        return named.Length == 0 ? null : Refusal(await ReadAsync(db, cancellationToken), named);
    }

    internal static UnknownAttribute? Refusal(IReadOnlyList<AttributeField> known, IEnumerable<string> named) =>
        named.FirstOrDefault(name => known.All(field => field.Name != name)) is { } unknown ? new UnknownAttribute(unknown, Nearest(known, unknown)) : null;

    /// <summary>Values of nobody, for whoever writes a text.</summary>
    /// <param name="word">What stands where the attribute is a text; null for its own name.</param>
    internal static Dictionary<string, AttributeWords> Invented(IReadOnlyList<AttributeField> known, MessageTemplate template, string? language, string? word = null) =>
        known.Where(field => template.Uses(field.Name)).ToDictionary(field => field.Name, field => AttributeWords.Example(field.Type, word ?? field.Attribute, language), StringComparer.Ordinal);

    /// <summary>The attributes that a text names and that there are no more.</summary>
    internal static IReadOnlyList<string> Gone(IReadOnlyList<AttributeField> known, MessageTemplate? template) =>
        template is null ? [] : [.. template.Attributes.Where(name => known.All(field => field.Name != name))];

    /// <summary>What a text names that is marked as sensitive, as staff call it.</summary>
    internal static IReadOnlyList<string> Sensitive(IReadOnlyList<AttributeField> known, MessageTemplate? template) =>
        template is null ? [] : [.. known.Where(field => field.IsSensitive && template.Uses(field.Name)).Select(field => field.Attribute)];

    private static List<string> Nearest(IReadOnlyList<AttributeField> known, string name) =>
        [.. known.OrderBy(field => Distance(field.Name, name)).ThenBy(field => field.Name, StringComparer.Ordinal).Take(MostNearest).Select(field => field.Name)];

    private static string NameOf(AttributeDefinition attribute, HashSet<string> taken)
    {
        var name = MergeField.Attribute + "." + Letters(attribute.Name);
        if (name.EndsWith('.') || !taken.Add(name))
            taken.Add(name = string.Create(CultureInfo.InvariantCulture, $"{(name.EndsWith('.') ? name + "a" : name)}_{attribute.Id}"));
        return name;
    }

    /// <summary>Small letters without accents, and digits; what else stands between them becomes one line.</summary>
    private static string Letters(string attribute)
    {
        var name = new StringBuilder();
        foreach (var letter in attribute.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                name.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }

        var words = name.ToString().TrimEnd('_');
        return words.Length > 0 && char.IsAsciiDigit(words[0]) ? "a_" + words : words;
    }

    /// <summary>How many letters have to be changed, put in or left out.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var before = row[0]++;
            for (var j = 1; j <= to.Length; j++)
                (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}

/// <summary>The values that a batch of people have of the attributes that texts name, read at once.</summary>
internal sealed class AttributesOfPeople
{
    private readonly ILookup<SubscriberId, (AttributeField Field, SubscriberAttribute Value)> _values;

    private AttributesOfPeople(ILookup<SubscriberId, (AttributeField Field, SubscriberAttribute Value)> values) => _values = values;

    public static AttributesOfPeople None { get; } = new(Array.Empty<(AttributeField Field, SubscriberAttribute Value)>().ToLookup(v => v.Value.SubscriberId));

    /// <param name="people">At most some thousand: they become one parameter of the query.</param>
    /// <param name="named">Names of fields; those that there are not are left out.</param>
    public static async Task<AttributesOfPeople> ReadAsync(PortalDbContext db, IReadOnlyCollection<SubscriberId> people, IReadOnlyCollection<string> named, CancellationToken cancellationToken)
    {
        if (named.Count == 0 || people.Count == 0)
            return None;
        var fields = (await AttributeFields.ReadAsync(db, cancellationToken)).Where(field => named.Contains(field.Name)).ToDictionary(field => field.Id);
        var (keys, attributes) = (people.ToArray(), fields.Keys.ToArray());
        var values = await db.SubscriberAttributes.AsNoTracking().Where(a => EF.Parameter(keys).Contains(a.SubscriberId) && attributes.Contains(a.AttributeId)).ToListAsync(cancellationToken);
        return new AttributesOfPeople(values.ToLookup(v => v.SubscriberId, v => (fields[v.AttributeId], v)));
    }

    /// <param name="language">Of the words in which they will stand; null where nobody knows it.</param>
    public IReadOnlyDictionary<string, AttributeWords> Of(SubscriberId person, string? language)
    {
        var words = new Dictionary<string, AttributeWords>(StringComparer.Ordinal);
        foreach (var (field, value) in _values[person])
        {
            if (AttributeWords.Of(field.Type, value.Text, value.Number, value.Date, language) is { } known)
                words[field.Name] = known;
        }

        return words;
    }
}

public sealed record UnknownAttribute(string Field, IReadOnlyList<string> Nearest)
    : Failure(Nearest.Count == 0
        ? $"There is no attribute for \"{Field}\": people have no custom attributes yet. Take the field out, or import the attribute first."
        : $"There is no attribute for \"{Field}\". The nearest {(Nearest.Count == 1 ? "is" : "are")} {string.Join(", ", Nearest)}.");
