using System.CommandLine;
using System.CommandLine.Parsing;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// The command line: no verb runs the portal itself; a verb runs the use case or rule of the same name. Verbs that need
/// no database build no host, so they start at once.
/// </summary>
internal static class PortalCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("ConsentPortal: every text allowed by a recorded decision, every text not sent explained.")
        {
            // Without a verb the rest (--urls, --environment, …) belongs to the portal's configuration.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((parsed, _) => PortalHost.RunAsync(args, parsed.InvocationConfiguration.Error));
        root.Add(MigrateCommand.Create());
        root.Add(SeedDemoCommand.Create());
        root.Add(ImportCommand.Create());
        root.Add(AuditCommands.Create());
        root.Add(PhoneVerbs.Create());
        root.Add(PolicyCheckCommand.Create());
        root.Add(SmsMeasureCommand.Create());
        root.Add(KeywordsCheckCommand.Create());
        root.Add(DeadlineCommand.Create());
        root.Add(PrivacyCommands.Create());
        root.Add(KeysCommands.Create());
        root.Add(DoctorCommand.Create());
        root.Add(SimulatorCommand.Create());

        var parsed = root.Parse(args);
        if (UsageProblem(root, parsed) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return ExitCode.WrongInput;
        }

        var runsPortal = ReferenceEquals(parsed.CommandResult.Command, root);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            // The portal's host ends itself on Ctrl+C and SIGTERM, in order; a second handler would cut its shutdown short.
            ProcessTerminationTimeout = runsPortal ? null : TimeSpan.FromSeconds(5),
            EnableDefaultExceptionHandler = !runsPortal,
        });
    }

    private static string? UsageProblem(RootCommand root, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // A mistyped option must not be passed over, nor be taken for the file that the verb reads: an import without its --dry-run would be an import.
        if (!ReferenceEquals(command, root) && UnknownOptions(parsed).FirstOrDefault() is { } option)
            return $"The verb {NameOf(parsed.CommandResult)} does not know the option {option}. It knows {OptionsOf(parsed.CommandResult)}.";
        if (parsed.Errors.Count > 0)
            return string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message));
        if (!ReferenceEquals(command, root))
            return parsed.UnmatchedTokens is [var unknown, ..] ? $"The verb {NameOf(parsed.CommandResult)} does not know \"{unknown}\". Run it with --help to see what it takes." : null;
        if (parsed.UnmatchedTokens is not [var first, ..] || first is ['-' or '/', ..])
            return null;
        return $"There is no verb \"{first}\". Run with --help to see the verbs, or with none to start the portal.";
    }

    /// <summary>What looks like an option and was taken for something else. Behind a "--" everything is a name, whatever it looks like.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var names = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).ToList();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Where(token => !names.Exists(name => ReferenceEquals(name, token))).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens.Except(names.Select(name => name.Value)))
            .Where(value => value is ['-', _, ..]).Select(value => value.Split('=', ':')[0]);
    }

    /// <summary>As it is typed: "audit verify".</summary>
    private static string NameOf(CommandResult result) => result.Parent is CommandResult { Command: not RootCommand } group ? $"{NameOf(group)} {result.Command.Name}" : result.Command.Name;

    /// <summary>Those of the verb, and the ones that every verb has.</summary>
    private static string OptionsOf(CommandResult result) =>
        string.Join(", ", result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name).Order(StringComparer.Ordinal).Append("--help").Distinct());
}
