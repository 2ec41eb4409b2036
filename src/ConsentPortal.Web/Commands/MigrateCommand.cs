using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Database;

namespace ConsentPortal.Web.Commands;

/// <summary><c>migrate [--json]</c>: creates the database or brings it up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object." };
        var command = new Command("migrate", "Create the database, or bring it up to date.") { json };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var applied = await services.GetRequiredService<DatabasePreparation>().PrepareAsync(token);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                    await output.WriteLineAsync(JsonSerializer.Serialize(new { applied }, JsonLines.Options));
                else
                    await output.WriteLineAsync(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied)}.");
                return ExitCode.Done;
            },
            cancellationToken,
            needsDatabase: false));
        return command;
    }
}
