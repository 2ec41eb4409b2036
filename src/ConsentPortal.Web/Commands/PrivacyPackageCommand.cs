using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>privacy package REQUEST FILE</c>: writes the package of everything that is held about a verified person.</summary>
internal static class PrivacyPackageCommand
{
    public static Command Create()
    {
        var request = new Argument<int>("REQUEST")
        {
            Description = "The request's number, such as DSR-12.",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var digits = text.StartsWith("DSR-", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                    return number;
                result.AddError("argument REQUEST: give the number of a request, such as DSR-12.");
                return 0;
            },
        };
        var file = new Argument<FileInfo>("FILE") { Description = "The zip file to write; it must not be there yet." };
        var command = new Command("package", "Write the package of everything that is held about the person of a verified request.") { request, file };
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

        var list = await services.GetRequiredService<PrivacyRequestList>().PageAsync(Actor.CommandLine, new PrivacyRequestQuery(IsOpen: null, Number: number), cancellationToken);
        if (list.Rows is not [var row])
        {
            await console.Error.WriteLineAsync($"argument REQUEST: there is no request DSR-{number}. privacy list --all shows those that there are.");
            return ExitCode.WrongInput;
        }

        if (!(await services.GetRequiredService<MakeAccessPackage>().ExecuteAsync(Actor.CommandLine, row.Id, cancellationToken)).TryGet(out var package, out var failure))
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
