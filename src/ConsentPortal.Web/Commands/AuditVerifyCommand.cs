using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>audit verify FOLDER [--public-key FILE]</c>: checks an exported log with nothing but the files given.
/// <c>audit verify --database</c>: checks the log where it lies.
/// </summary>
internal static class AuditVerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo?>("folder") { Arity = ArgumentArity.ZeroOrOne, Description = "The exported bundle: entries.jsonl, checkpoint and public-key." };
        var publicKey = new Option<FileInfo?>("--public-key")
        {
            Description = "The log's key as it was published. Without it the bundle's own key is believed, which proves that nothing was changed after signing but not who signed.",
        };
        var database = new Option<bool>("--database") { Description = "Check the log in the portal's database instead of an exported one." };
        var command = new Command("verify", "Check an audit log; exit code 1 when anything is wrong with it.") { folder, publicKey, database };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(folder) is null) != result.GetValue(database))
                result.AddError("argument folder: give either the folder that audit export wrote, or --database.");
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(folder) is { } exported
            ? VerifyAsync(exported, parsed.GetValue(publicKey), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken)
            : VerifyDatabaseAsync(parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static Task<int> VerifyDatabaseAsync(InvocationConfiguration console, CancellationToken cancellationToken) => PortalVerb.RunAsync(
        console,
        async (services, token) => await AnswerAsync(await services.GetRequiredService<AuditLog>().VerifyAsync(Actor.CommandLine, token), console.Output),
        cancellationToken);

    private static async Task<int> VerifyAsync(
        DirectoryInfo folder, FileInfo? publicKey, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
        {
            await error.WriteLineAsync("argument folder: there is no such folder. Give the folder that audit export wrote.");
            return ExitCode.WrongInput;
        }

        VerifierKey? trusted = null;
        if (publicKey is { Exists: false })
        {
            await error.WriteLineAsync("option --public-key: there is no such file. Give the file that holds the published key.");
            return ExitCode.WrongInput;
        }

        if (publicKey is not null
            && !VerifierKey.Parse(await File.ReadAllTextAsync(publicKey.FullName, cancellationToken)).TryGet(out trusted, out var failure))
        {
            await error.WriteLineAsync($"option --public-key: {failure.Message}");
            return ExitCode.WrongInput;
        }

        return await AnswerAsync(await AuditBundleVerifier.VerifyAsync(folder.FullName, trusted, cancellationToken), output);
    }

    private static async Task<int> AnswerAsync(BundleVerification found, TextWriter output)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(found, JsonLines.Options));
        return found.Valid ? ExitCode.Done : ExitCode.FoundProblem;
    }
}
