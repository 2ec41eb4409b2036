using System.CommandLine;

namespace ConsentPortal.Web.Commands;

/// <summary>What the command line asks of an import.</summary>
internal sealed record ImportOrder(
    FileInfo File, string Map, string? DefaultRegion, string? Purpose, string WordingLanguage, bool IsDryRun, bool SendsPrompts, bool ListsRows, bool Reveals, bool IsJson);

internal sealed class ImportCommandOptions
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The list as CSV: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; with a header row." };

    private readonly Option<string> _map = new("--map")
    {
        HelpName = "field=Column,…", Required = true,
        Description = "Which column holds what: phone, country, language, externalId, firstName, lastName, consent, consentAt, source, attr:NAME; a new attribute that is no text is attr.number:NAME, attr.date:NAME, attr.flag:NAME or attr.list:NAME.",
    };

    private readonly Option<string?> _region = new("--default-region") { HelpName = "R", Description = "Country, such as US, whose national numbers are assumed where a row names none." };

    private readonly Option<string?> _purpose = new("--purpose") { HelpName = "NAME", Description = "What the people on the list agreed to. Without it no consent is recorded, only refusals are." };

    private readonly Option<string> _language = new("--wording-language")
    {
        HelpName = "L", DefaultValueFactory = _ => "en", Description = "Language of the purpose's wording that they were shown.",
    };

    private readonly Option<bool> _prompts = new("--send-prompts") { Description = "Text the double opt-in prompt to those who need to confirm, and to those whose yes has no proof." };

    private readonly Option<bool> _rows = new("--rows") { Description = "Say for each row what becomes of it." };

    private readonly Option<bool> _reveal = new("--reveal") { Description = "Write full phone numbers instead of masked ones." };

    private readonly Option<bool> _json = new("--json") { Description = "Answer with JSON Lines: the rows if asked for, then the summary." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Write nothing; needs no database." };

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in (Option[])[_map, _region, _purpose, _language, DryRun, _prompts, _rows, _reveal, _json])
            command.Add(option);
    }

    public ImportOrder Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_file), parsed.GetRequiredValue(_map), parsed.GetValue(_region), parsed.GetValue(_purpose), parsed.GetRequiredValue(_language),
        parsed.GetValue(DryRun), parsed.GetValue(_prompts), parsed.GetValue(_rows), parsed.GetValue(_reveal), parsed.GetValue(_json));
}
