using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>privacy review REQUEST [--confirm]</c>: what a package would hold, in numbers; and that it may go out like this.</summary>
internal static class PrivacyReviewCommand
{
    public static Command Create()
    {
        var request = RequestNumber.Argument();
        var confirm = new Option<bool>("--confirm") { Description = "Say that the package may go out like this. The page of the request shows its words." };
        var command = new Command("review", "Collect what the package of a verified request would hold, and count it; nothing is made.") { request, confirm };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            (services, token) => ReviewAsync(services, parsed.InvocationConfiguration, parsed.GetValue(request), parsed.GetValue(confirm), token),
            cancellationToken));
        return command;
    }

    private static async Task<int> ReviewAsync(IServiceProvider services, InvocationConfiguration console, int number, bool isConfirmed, CancellationToken cancellationToken)
    {
        if (await RequestNumber.FindAsync(services, console, number, cancellationToken) is not { } id)
            return ExitCode.WrongInput;
        if (!(await services.GetRequiredService<OpenPackageReview>().ExecuteAsync(Actor.CommandLine, id, cancellationToken)).TryGet(out var preview, out var failure))
        {
            await console.Error.WriteLineAsync(failure.Message);
            return ExitCode.FoundProblem;
        }

        if (isConfirmed && (await services.GetRequiredService<ConfirmPackageReview>().ExecuteAsync(Actor.CommandLine, id, preview.CollectedAt, cancellationToken)).Failure is { } refused)
        {
            await console.Error.WriteLineAsync(refused.Message);
            return ExitCode.FoundProblem;
        }

        foreach (var section in preview.Sections)
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(new { section = section.Section, entries = section.Count, withheld = section.Withheld }, JsonLines.Options));
        await console.Output.WriteLineAsync(JsonSerializer.Serialize(
            new { request = $"DSR-{number}", asOf = preview.CollectedAt, later = preview.Later, withheld = preview.Withheld.Sum(w => w.Places), confirmed = isConfirmed || preview.ConfirmedAt is not null }, JsonLines.Options));
        return ExitCode.Done;
    }
}
