using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>privacy package REQUEST FILE</c>: writes the package of everything that is held about a verified person.</summary>
internal static class PrivacyPackageCommand
{
    public static Command Create()
    {
        var request = RequestNumber.Argument();
        var file = new Argument<FileInfo>("FILE") { Description = "The zip file to write; it must not be there yet." };
        var command = new Command("package", "Write the package of everything that is held about the person of a verified request, after its review.") { request, file };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            (services, token) => WriteAsync(services, parsed.InvocationConfiguration, parsed.GetValue(request), parsed.GetRequiredValue(file), token),
            cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(IServiceProvider services, InvocationConfiguration console, int number, FileInfo file, CancellationToken cancellationToken)
    {
        if (file.Exists || file.Directory is not { Exists: true })
        {
            await console.Error.WriteLineAsync(file.Exists
                ? $"argument FILE: {file.Name} is there already. Give another name; nothing was written."
                : "argument FILE: there is no such folder. Nothing was written.");
            return ExitCode.WrongInput;
        }

        if (await RequestNumber.FindAsync(services, console, number, cancellationToken) is not { } id)
            return ExitCode.WrongInput;
        if (!(await services.GetRequiredService<MakeAccessPackage>().ExecuteAsync(Actor.CommandLine, id, cancellationToken)).TryGet(out var package, out var failure))
        {
            await console.Error.WriteLineAsync(failure.Message);
            return ExitCode.FoundProblem;
        }

        await using (var target = new FileStream(file.FullName, OwnersOnly()))
            await target.WriteAsync(package.Bytes, cancellationToken);
        await console.Output.WriteLineAsync(JsonSerializer.Serialize(new { request = $"DSR-{number}", file = file.FullName, sha256 = package.Sha256, bytes = package.Bytes.Length }, JsonLines.Options));
        return ExitCode.Done;
    }

    // Everything about a person lies in it.
    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
