using System.Text.RegularExpressions;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// An error body. <paramref name="Code"/> is the fragment of its type address; decisions rest on the HTTP status and that,
/// never on the words for people.
/// </summary>
internal sealed partial record VonageProblem(string Code, IReadOnlyList<FieldProblem> Fields)
{
    /// <summary>An empty body, a web page or anything else unreadable gives the HTTP status as the code and no fields.</summary>
    public static VonageProblem Read(VonageReply.Answer answer)
    {
        using var document = answer.IsWebPage ? null : VonageJson.TryParse(answer.Body);
        if (document is null)
            return new VonageProblem($"http-{answer.Number}", []);
        var root = document.RootElement;
        var type = root.Text("type");
        // The Redact API gives a bare word such as UNAUTHORIZED instead of an address.
        var code = type?[(type.LastIndexOf('#') + 1)..].ToLowerInvariant() is { Length: > 0 } fragment ? fragment : $"http-{answer.Number}";
        var fields = root.Items("invalid_parameters")
            .Select(item => new FieldProblem(Mask(item.Text("name") ?? "unnamed"), Mask(item.Text("reason") ?? "")))
            .ToList();
        return new VonageProblem(code, fields);
    }

    /// <summary>The provider may repeat the number that it refuses; no number may reach a log or a page unmasked.</summary>
    internal static string Mask(string text) => LongDigits().Replace(text, "•••");

    [GeneratedRegex(@"\d(?:[ \-]?\d){5,}", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex LongDigits();
}
