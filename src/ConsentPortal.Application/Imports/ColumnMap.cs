using System.Text;
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

    /// <summary>Before the name of a custom attribute.</summary>
    public const string AttributePrefix = "attr:";

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

        return Of(columns);
    }

    public static Result<ColumnMap> Of(IReadOnlyDictionary<string, string> columns) =>
        columns.ContainsKey(Phone) ? new ColumnMap(columns) : new PhoneColumnNeeded();

    public string? this[string field] => Columns.GetValueOrDefault(field);

    /// <summary>The custom attributes by name, each with its column.</summary>
    public IEnumerable<(string Attribute, string Column)> Attributes => Columns
        .Where(c => c.Key.StartsWith(AttributePrefix, StringComparison.Ordinal))
        .Select(c => (c.Key[AttributePrefix.Length..], c.Value));

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Join(',', Columns.Select(c => c.Value.Contains(',', StringComparison.Ordinal) ? $"{c.Key}=\"{c.Value}\"" : $"{c.Key}={c.Value}"));

    private static string? FieldOf(string name)
    {
        if (name.StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase))
            return name.Length > AttributePrefix.Length ? AttributePrefix + name[AttributePrefix.Length..].Trim() : null;
        return Fields.FirstOrDefault(field => string.Equals(field, name, StringComparison.OrdinalIgnoreCase));
    }

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
