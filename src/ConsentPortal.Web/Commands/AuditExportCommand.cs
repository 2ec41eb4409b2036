using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>audit export FOLDER</c>: the sealed log as files that anybody can check.</summary>
internal static class AuditExportCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "An empty folder, or one that does not exist yet." };
        var command = new Command("export", "Write the sealed audit log, its checkpoint and its public key into a folder.") { folder };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                // A portal that runs seals by itself; without one the last entries would stay outside.
                await services.GetRequiredService<AuditSealer>().SealAllAsync(token);
                var exported = await services.GetRequiredService<AuditLog>().ExportAsync(Actor.CommandLine, parsed.GetRequiredValue(folder).FullName, token);
                if (!exported.TryGet(out var checkpoint, out var failure))
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(failure.Message);
                    return failure is BundleFolderIsNotEmpty ? ExitCode.WrongInput : ExitCode.FoundProblem;
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(
                    new { origin = checkpoint.Origin, size = checkpoint.Size, root = checkpoint.Root.ToBase64() }, JsonLines.Options));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
