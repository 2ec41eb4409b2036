using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>What the portal can change in a text with merge fields without a person.</summary>
internal static partial class TemplateMends
{
    private const string LinkRoute = "No replies here. To stop: {{ preferencesLink | default: \"our website\" }}";

    public static LintFix NameBrand(TextDraft draft) => new("Begin with the brand", $"{{{{ brand }}}}: {draft.Template.TrimStart()}");

    /// <returns>Null for a sender without replies and without pages: only a person knows another way to stop.</returns>
    public static LintFix? SayHowToStop(TextDraft draft) => draft switch
    {
        { Sender.IsOneWay: false } => new LintFix("Add how to stop", $"{draft.Template.TrimEnd()} {{{{ stopLine }}}}"),
        { HasPreferencePages: true } => new LintFix("Add the page to stop on", $"{StopField().Replace(draft.Template, "").TrimEnd()} {LinkRoute}"),
        _ => null,
    };

    public static LintFix? GuardField(TextDraft draft, string field) =>
        new($"Say \"there\" where nobody knows {field}", Field(field).Replace(draft.Template, match => $"{match.Groups["open"].Value.TrimEnd()} | default: \"there\" }}}}"));

    /// <summary>Written out somewhere without saying what stands in its place.</summary>
    public static bool IsUnguarded(string template, string field) => Field(field).IsMatch(template);

    public static bool UsesStopLine(string template) => StopField().IsMatch(template);

    public static bool Uses(string template, string field) => template.Contains(field, StringComparison.Ordinal) && Tag(field).IsMatch(template);

    private static Regex Field(string field) => new(
        $@"(?<open>\{{\{{\s*{Regex.Escape(field)}(?![\w.])((?!\bdefault\s*:)[^}}])*)\}}\}}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static Regex Tag(string field) => new($@"\{{[\{{%][^}}]*\b{Regex.Escape(field)}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\s?\{\{\s*stopLine\b[^}]*\}\}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex StopField();
}
