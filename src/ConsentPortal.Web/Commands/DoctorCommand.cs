using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Database.Health;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>doctor [--quick] [--json]</c>: whether a portal could start and do its work; exit code 1 where something should be mended.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Leave out what reads the whole database: its pages and the audit log." };
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object a line and check." };
        var command = new Command("doctor", "Look whether the portal could start and do its work; changes nothing.") { quick, json };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var isHealthy = true;
                await foreach (var finding in services.GetRequiredService<PortalDoctor>().ExamineAsync(Actor.CommandLine, parsed.GetValue(quick), token))
                {
                    isHealthy &= finding.Ok;
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json)
                        ? JsonSerializer.Serialize(finding, JsonLines.Options)
                        : $"{(finding.Ok ? "ok  " : "MEND")}  {finding.Check}: {finding.Text}");
                }

                return isHealthy ? ExitCode.Done : ExitCode.FoundProblem;
            },
            cancellationToken,
            needsDatabase: false));
        return command;
    }
}
