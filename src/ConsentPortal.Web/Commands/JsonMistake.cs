using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// What is wrong with a JSON object that somebody wrote for the portal. The reader's own messages name types of the portal, which say nothing to whoever wrote it.
/// </summary>
internal static partial class JsonMistake
{
    /// <param name="asked">The type of the whole object, which <see cref="JsonLines.Options"/> read.</param>
    /// <param name="reference">Where to look up what a value may be, as a sentence; for one that takes words they are named instead.</param>
    /// <returns>A sentence for each field, by its path.</returns>
    public static IReadOnlyDictionary<string, string> Of(JsonException problem, Type asked, string? reference = null)
    {
        var path = problem.Path is { Length: > 2 } found ? found[2..] : "";
        if (Missing().Match(problem.Message) is { Success: true } missing)
            return Quoted().Matches(missing.Value).ToDictionary(m => Within(path, m.Groups["name"].Value), _ => "This property has to be given.", StringComparer.Ordinal);
        if (Unmapped().Match(problem.Message) is { Success: true } unknown)
            return One(path.Length == 0 ? unknown.Groups["name"].Value : path, $"There is no such property. Nothing was done; leave it out{Known(path, asked)}.");
        if (problem.Message.StartsWith("Give ", StringComparison.Ordinal))
            return One(path, problem.Message);
        return One(path, string.Join(' ', (string?[])["The value is not one that this property takes.", Words(path, asked) ?? reference]).TrimEnd());
    }

    private static Dictionary<string, string> One(string path, string sentence) => new(StringComparer.Ordinal) { [path.Length == 0 ? "body" : path] = sentence };

    private static string Within(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    // Of an object within the object only its own type knows them.
    private static string Known(string path, Type asked) =>
        path.Contains('.', StringComparison.Ordinal) ? ", or correct its name" : $", or give one of {string.Join(", ", Properties(asked).Select(p => p.Name))}";

    private static string? Words(string path, Type asked) =>
        Properties(asked).FirstOrDefault(p => p.Name == path)?.PropertyType is { } type && (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } words
            ? $"Give one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.CamelCase.ConvertName))}."
            : null;

    private static IEnumerable<JsonPropertyInfo> Properties(Type asked) =>
        JsonLines.Options.GetTypeInfo(asked).Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null);

    [GeneratedRegex("missing required properties.*", RegexOptions.Singleline, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^The JSON property '(?<name>[^']+)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();
}
