using System.Text;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Imports;

/// <summary>Which column of a list holds what. Column names are matched as the file spells them, without regard to case and outer space.</summary>
public sealed record ColumnMap(IReadOnlyDictionary<string, string> Columns)
{
    public const string Phone = "phone";
    public const string Country = "country";
    public const string Language = "language";
    public const string ExternalId = "externalId";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string Consent = "consent";
    public const string ConsentAt = "consentAt";
    public const string Source = "source";

    /// <summary>Before the name of a custom attribute that is known already, or becomes a text; one of another type is new as <c>attr.list:Interests</c>.</summary>
    public const string AttributePrefix = "attr:";

    private const string TypedPrefix = "attr.";
    private const int LongestAttributeName = 60;

    public static IReadOnlyList<string> Fields { get; } =
        [Phone, Country, Language, ExternalId, FirstName, LastName, Consent, ConsentAt, Source];

    /// <param name="text"><c>phone=Mobile No.,country=Country,attr:Shoe size=Size</c>; a column name with a comma stands between quotation marks.</param>
    public static Result<ColumnMap> Parse(string text)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(text))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == entry.Length - 1)
                return new MapEntryMalformed(entry);
            if (FieldOf(entry[..equals].Trim()) is not { } field)
                return new MapEntryUnknown(entry[..equals].Trim());
            if (!columns.TryAdd(field, entry[(equals + 1)..].Trim()))
                return new FieldMappedTwice(field);
        }

        return new ColumnMap(columns).AttributeColumns.CountBy(a => a.Attribute, StringComparer.OrdinalIgnoreCase).FirstOrDefault(a => a.Value > 1) is { Key: { } twice }
            ? new FieldMappedTwice(twice)
            : Of(columns);
    }

    public static Result<ColumnMap> Of(IReadOnlyDictionary<string, string> columns) =>
        columns.ContainsKey(Phone) ? new ColumnMap(columns) : new PhoneColumnNeeded();

    public string? this[string field] => Columns.GetValueOrDefault(field);

    /// <summary>The custom attributes by name, each with its column.</summary>
    public IEnumerable<(string Attribute, string Column)> Attributes => AttributeColumns.Select(a => (a.Attribute, a.Column));

    public IEnumerable<AttributeColumn> AttributeColumns =>
        from column in Columns
        where IsAttribute(column.Key)
        let colon = column.Key.IndexOf(':', StringComparison.Ordinal)
        let name = column.Key[(colon + 1)..]
        select new AttributeColumn(column.Key, name.Length > LongestAttributeName ? name[..LongestAttributeName] : name, TypeOf(column.Key[..colon]), column.Value);

    public static bool IsAttribute(string field) => field.StartsWith(AttributePrefix, StringComparison.Ordinal) || field.StartsWith(TypedPrefix, StringComparison.Ordinal);

    /// <param name="type">Null for what is known already, or becomes a text.</param>
    public static string AttributeField(string name, AttributeType? type) =>
        type is { } known ? $"{TypedPrefix}{known.ToString().ToLowerInvariant()}:{name}" : AttributePrefix + name;

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Join(',', Columns.Select(c => c.Value.Contains(',', StringComparison.Ordinal) ? $"{c.Key}=\"{c.Value}\"" : $"{c.Key}={c.Value}"));

    private static string? FieldOf(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return Fields.FirstOrDefault(field => string.Equals(field, name, StringComparison.OrdinalIgnoreCase));
        var (kind, attribute) = (name[..(colon + 1)].ToLowerInvariant(), name[(colon + 1)..].Trim());
        if (attribute.Length == 0)
            return null;
        return kind == AttributePrefix ? AttributeField(attribute, null) : TypeOf(kind[..^1]) is { } type ? AttributeField(attribute, type) : null;
    }

    private static AttributeType? TypeOf(string kind) =>
        Enum.GetValues<AttributeType>().Cast<AttributeType?>().FirstOrDefault(type => kind == $"{TypedPrefix}{type.ToString()!.ToLowerInvariant()}");

    private static IEnumerable<string> Entries(string text)
    {
        var entry = new StringBuilder();
        var isQuoted = false;
        foreach (var character in text)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character != ',' || isQuoted)
                entry.Append(character);
            else if (Take() is { Length: > 0 } done)
                yield return done;
        }

        if (Take() is { Length: > 0 } last)
            yield return last;

        string Take()
        {
            var taken = entry.ToString().Trim();
            entry.Clear();
            return taken;
        }
    }
}

/// <param name="Field">Its name in the map.</param>
/// <param name="Type">Said in the map; null for what is known already, or becomes a text.</param>
public sealed record AttributeColumn(string Field, string Attribute, AttributeType? Type, string Column)
{
    public AttributeDefinition Definition => new() { Name = Attribute, Type = Type ?? AttributeType.Text };
}
