using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>privacy open --phone E164 --kind K --source TEXT [--regime R] [--received INSTANT] [--second]</c>: enters a request and
/// starts its clock, for intake by other programs; also for a number that no record has.
/// </summary>
internal static class PrivacyOpenCommand
{
    public static Command Create()
    {
        var phone = new Option<string>("--phone") { Required = true, HelpName = "E164", Description = "The person's number with its country code, such as +12125552368." };
        var kind = new Option<PrivacyRequestKind>("--kind") { Required = true, HelpName = "K", Description = "access, portability, rectification, erasure, restriction, objection, optOutOfSale or withdrawal." };
        var source = new Option<string>("--source") { Required = true, HelpName = "TEXT", Description = "How it came in, such as letter or web form." };
        var regime = new Option<PrivacyRegime?>("--regime") { HelpName = "R", Description = "Whose clock runs; without it the one that the person's country suggests." };
        var received = new Option<DateTimeOffset?>("--received")
        {
            HelpName = "INSTANT", Description = "When it reached the organisation, such as 2026-11-23T14:00:00Z; now without it.", CustomParser = Instant,
        };
        var second = new Option<bool>("--second") { Description = "Open it although one of the same kind is open already." };
        var command = new Command("open", "Enter a request and start its clock.") { phone, kind, source, regime, received, second };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var receivedAt = parsed.GetValue(received) ?? services.GetRequiredService<TimeProvider>().GetUtcNow();
                var outcome = await OpenAsync(
                    services, parsed.GetRequiredValue(phone),
                    person => new NewPrivacyRequest(person, parsed.GetValue(kind), parsed.GetValue(regime), parsed.GetRequiredValue(source), receivedAt, IsSecondWanted: parsed.GetValue(second)),
                    number => new NewUnrecordedRequest(number, parsed.GetValue(kind), parsed.GetValue(regime), parsed.GetRequiredValue(source), receivedAt, IsSecondWanted: parsed.GetValue(second)), token);
                if (outcome.TryGet(out var opened, out var failure))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(opened, JsonLines.Options));
                    return ExitCode.Done;
                }

                await parsed.InvocationConfiguration.Error.WriteLineAsync(failure.Message);
                return failure is RequestIsOpenAlready ? ExitCode.FoundProblem : ExitCode.WrongInput;
            },
            cancellationToken));
        return command;
    }

    private static async Task<Result<ListedRequest>> OpenAsync(
        IServiceProvider services, string phone, Func<SubscriberId, NewPrivacyRequest> wish, Func<PhoneNumber, NewUnrecordedRequest> unrecorded, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.Parse(phone, null).TryGet(out var number, out var unreadable))
            return unreadable;
        var found = await services.GetRequiredService<SubscriberList>().PageAsync(Actor.CommandLine, new SubscriberQuery(number.E164), cancellationToken);
        if (found.Total > 1)
            return new NotOnePerson(found.Total);
        var id = found.Total == 0
            ? await services.GetRequiredService<OpenUnrecordedRequest>().ExecuteAsync(Actor.CommandLine, unrecorded(number), cancellationToken)
            : await services.GetRequiredService<OpenPrivacyRequest>().ExecuteAsync(Actor.CommandLine, wish(found.Rows[0].Id), cancellationToken);
        if (!id.TryGet(out var request, out var refused))
            return refused;
        var list = await services.GetRequiredService<PrivacyRequestList>().PageAsync(Actor.CommandLine, new PrivacyRequestQuery(IsOpen: null), cancellationToken);
        return ListedRequest.Of(list.Rows.Single(row => row.Id == request), (await services.GetRequiredService<OrganisationCalendar>().GetAsync(Actor.CommandLine, cancellationToken)).Of(services.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    private static DateTimeOffset? Instant(ArgumentResult result)
    {
        if (UtcInstant.TryRead(result.Tokens[0].Value, out var instant))
            return instant;
        result.AddError("option --received: give an instant such as 2026-11-23T14:00:00Z.");
        return null;
    }

    private sealed record NotOnePerson(int Found) : Failure($"{Found} people share this number. Nothing was added; open the request on the page of the one who asks.");
}
