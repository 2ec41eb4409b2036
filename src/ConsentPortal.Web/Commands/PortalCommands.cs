using System.CommandLine;
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
        if (parsed.Errors.Count > 0)
            return string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message));
        // A mistyped option must not be passed over: an import without its --dry-run would be an import.
        if (!ReferenceEquals(parsed.CommandResult.Command, root))
            return parsed.UnmatchedTokens is [var unknown, ..] ? $"The verb {parsed.CommandResult.Command.Name} does not know \"{unknown}\". Run it with --help to see what it takes." : null;
        if (parsed.UnmatchedTokens is not [var first, ..] || first is ['-' or '/', ..])
            return null;
        return $"There is no verb \"{first}\". Run with --help to see the verbs, or with none to start the portal.";
    }
}
