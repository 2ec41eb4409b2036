using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>privacy list [--all | --overdue]</c>: the requests, one JSON object a line, what is due first.</summary>
internal static class PrivacyListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Closed requests too." };
        var overdue = new Option<bool>("--overdue") { Description = "Only open requests whose day has passed; exit code 1 if there are any." };
        var command = new Command("list", "List the open requests, what is due first.") { all, overdue };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(overdue))
                result.AddError("option --overdue: a closed request is never overdue. Give --all or --overdue.");
        });
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var query = new PrivacyRequestQuery(IsOpen: parsed.GetValue(all) ? null : true, IsOverdue: parsed.GetValue(overdue));
                var listed = await ListAsync(services, query, parsed.InvocationConfiguration.Output, token);
                return parsed.GetValue(overdue) && listed > 0 ? ExitCode.FoundProblem : ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, PrivacyRequestQuery query, TextWriter output, CancellationToken cancellationToken)
    {
        var list = services.GetRequiredService<PrivacyRequestList>();
        var today = (await services.GetRequiredService<OrganisationCalendar>().GetAsync(Actor.CommandLine, cancellationToken)).Of(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var listed = 0;
        while (true)
        {
            var page = await list.PageAsync(Actor.CommandLine, query, cancellationToken);
            foreach (var row in page.Rows)
                await output.WriteLineAsync(JsonSerializer.Serialize(ListedRequest.Of(row, today), JsonLines.Options));
            listed += page.Rows.Count;
            if (page.Rows.Count < PrivacyRequestList.PageSize)
                return listed;
            query = query with { Page = query.Page + 1 };
        }
    }
}

/// <param name="Person">The masked number, or "Erased".</param>
/// <param name="DaysLeft">Until the legal day; below zero when it has passed, null once closed.</param>
internal sealed record ListedRequest(
    string Request, PrivacyRequestKind Kind, PrivacyRegime Regime, PrivacyRequestStatus Status, string Person, DateTimeOffset ReceivedAt, DateOnly DueOn, int? DaysLeft, DateTimeOffset? ClosedAt)
{
    public static ListedRequest Of(PrivacyRequestRow row, DateOnly today) => new(
        $"DSR-{row.Number}", row.Kind, row.Regime, row.Status, row.Person, row.ReceivedAt, row.DueOn, row.ClosedAt is null ? row.DueOn.DayNumber - today.DayNumber : null, row.ClosedAt);
}
