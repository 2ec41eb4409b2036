using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>keys rotate [--resume] [--json]</c>: a new master key, and every person's key wrapped with it.
/// <c>keys rotate-log [--json]</c>: a new key that signs the audit log's checkpoints.
/// </summary>
internal static class KeysCommands
{
    public static Command Create() => new("keys", "The key ring.") { Rotate(), RotateLog() };

    private static Command Rotate()
    {
        var resume = new Option<bool>("--resume") { Description = "Finish a rotation that was interrupted, without another new key." };
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object." };
        var command = new Command("rotate", "Add a master key and wrap every person's key with it. The portal may run meanwhile.") { resume, json };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var done = await services.GetRequiredService<RotateKeys>().ExecuteAsync(
                    Actor.CommandLine, !parsed.GetValue(resume), count => error.WriteLine($"{count:N0} keys wrapped."), token);
                await output.WriteLineAsync(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(done, JsonLines.Options)
                    : $"Master key {done.MasterKey} wraps all data keys now; {done.Rewrapped:N0} were wrapped anew. Back up the key ring before the next backup of the database.");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command RotateLog()
    {
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object." };
        var command = new Command("rotate-log", "Sign the audit log's checkpoints with a new key from now on; what was signed before stays good. The portal may run meanwhile.") { json };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var done = await services.GetRequiredService<RotateLogKey>().ExecuteAsync(Actor.CommandLine, token);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(new { former = done.Former.ToString(), current = done.Current.ToString() }, JsonLines.Options)
                    : $"Checkpoints are signed with {done.Current} from now on. Publish this key where {done.Former} was published, and back up the key ring.");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
