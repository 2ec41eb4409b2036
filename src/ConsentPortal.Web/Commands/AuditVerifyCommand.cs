using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>audit verify FOLDER [--public-key FILE]</c>: checks an exported log with nothing but the files given.
/// <c>audit verify --proof FILE [--public-key FILE]</c>: checks a proof of one entry, or between two checkpoints.
/// <c>audit verify --pack FOLDER [--public-key FILE]</c>: checks an unzipped pack: its signed manifest, and every file by its hash.
/// <c>audit verify --database</c>: checks the log where it lies, and the send ledger against it.
/// With <c>--checkpoint FILE</c>, as often as wanted, log or bundle must also fit checkpoints that were kept elsewhere.
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
        var database = new Option<bool>("--database") { Description = "Check the log in the portal's database instead of an exported one, and the send ledger against it." };
        var proof = new Option<FileInfo?>("--proof") { Description = "Check a proof that was downloaded beside an entry or a checkpoint." };
        var pack = new Option<DirectoryInfo?>("--pack") { Description = "Check an unzipped pack of an evidence room or of a person's data: manifest, signature and files." };
        var checkpoints = new Option<FileInfo[]>("--checkpoint")
        {
            Description = "A checkpoint that was kept elsewhere, such as at the address that gets them; may be given several times. A log that was put back to an older state does not fit it.",
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command("verify", "Check an audit log; exit code 1 when anything is wrong with it.") { folder, publicKey, database, proof, pack, checkpoints };
        command.Validators.Add(result =>
        {
            var wanted = (result.GetValue(folder) is null ? 0 : 1) + (result.GetValue(database) ? 1 : 0) + (result.GetValue(proof) is null ? 0 : 1) + (result.GetValue(pack) is null ? 0 : 1);
            if (wanted != 1)
                result.AddError("argument folder: give the folder that audit export wrote, or --proof with a file, or --pack with a folder, or --database.");
            if (result.GetValue(checkpoints) is { Length: > 0 } && (result.GetValue(proof) is not null || result.GetValue(pack) is not null))
                result.AddError("option --checkpoint: a kept checkpoint is compared with a folder or the database, not with a proof or a pack.");
            foreach (var missing in (result.GetValue(checkpoints) ?? []).Where(file => !file.Exists))
                result.AddError($"option --checkpoint: there is no file {missing.Name}. Give the file that holds the kept checkpoint.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (console, key) = (parsed.InvocationConfiguration, parsed.GetValue(publicKey));
            var kept = new List<(string Place, string Text)>();
            foreach (var file in parsed.GetValue(checkpoints) ?? [])
                kept.Add((file.Name, await File.ReadAllTextAsync(file.FullName, cancellationToken)));
            if (parsed.GetValue(folder) is { } exported)
                return await VerifyAsync(exported, key, kept, console, cancellationToken);
            if (parsed.GetValue(pack) is { } packed)
                return await VerifyPackAsync(packed, key, console, cancellationToken);
            return parsed.GetValue(proof) is { } proved ? await VerifyProofAsync(proved, key, console, cancellationToken) : await VerifyDatabaseAsync(kept, console, cancellationToken);
        });
        return command;
    }

    private static Task<int> VerifyDatabaseAsync(IReadOnlyList<(string Place, string Text)> kept, InvocationConfiguration console, CancellationToken cancellationToken) => PortalVerb.RunAsync(
        console,
        async (services, token) => await AnswerAsync(await services.GetRequiredService<AuditLog>().VerifyAsync(Actor.CommandLine, kept, token), console.Output),
        cancellationToken);

    private static async Task<int> VerifyAsync(
        DirectoryInfo folder, FileInfo? publicKey, IReadOnlyList<(string Place, string Text)> kept, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
        {
            await console.Error.WriteLineAsync("argument folder: there is no such folder. Give the folder that audit export wrote.");
            return ExitCode.WrongInput;
        }

        var (isRead, trusted) = await ReadKeyAsync(publicKey, console.Error, cancellationToken);
        return isRead ? await AnswerAsync(await AuditBundleVerifier.VerifyAsync(folder.FullName, trusted, kept, cancellationToken), console.Output) : ExitCode.WrongInput;
    }

    private static async Task<int> VerifyPackAsync(DirectoryInfo folder, FileInfo? publicKey, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
        {
            await console.Error.WriteLineAsync("option --pack: there is no such folder. Give the folder into which the pack was unzipped.");
            return ExitCode.WrongInput;
        }

        var (isRead, trusted) = await ReadKeyAsync(publicKey, console.Error, cancellationToken);
        if (!isRead)
            return ExitCode.WrongInput;
        var found = await PackVerifier.VerifyAsync(folder.FullName, trusted, cancellationToken);
        await console.Output.WriteLineAsync(JsonSerializer.Serialize(found, JsonLines.Options));
        return found.Valid ? ExitCode.Done : ExitCode.FoundProblem;
    }

    private static async Task<int> VerifyProofAsync(FileInfo file, FileInfo? publicKey, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            await console.Error.WriteLineAsync("option --proof: there is no such file. Give the file that was downloaded.");
            return ExitCode.WrongInput;
        }

        if (!AuditProof.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken)).TryGet(out var proof, out var failure))
        {
            await console.Error.WriteLineAsync($"option --proof: {failure.Message}");
            return ExitCode.WrongInput;
        }

        var (isRead, trusted) = await ReadKeyAsync(publicKey, console.Error, cancellationToken);
        return isRead ? await AnswerAsync(proof.Verify(trusted), console.Output) : ExitCode.WrongInput;
    }

    /// <returns>Whether the input can be used; no key when none was given.</returns>
    private static async Task<(bool IsRead, VerifierKey? Key)> ReadKeyAsync(FileInfo? publicKey, TextWriter error, CancellationToken cancellationToken)
    {
        if (publicKey is null)
            return (true, null);
        if (!publicKey.Exists)
        {
            await error.WriteLineAsync("option --public-key: there is no such file. Give the file that holds the published key.");
            return (false, null);
        }

        if (VerifierKey.Parse(await File.ReadAllTextAsync(publicKey.FullName, cancellationToken)).TryGet(out var key, out var failure))
            return (true, key);
        await error.WriteLineAsync($"option --public-key: {failure.Message}");
        return (false, null);
    }

    private static async Task<int> AnswerAsync(BundleVerification found, TextWriter output)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(found, JsonLines.Options));
        return found.Valid ? ExitCode.Done : ExitCode.FoundProblem;
    }
}
