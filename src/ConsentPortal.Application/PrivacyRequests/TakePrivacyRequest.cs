using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>A request about personal data that another program has heard.</summary>
/// <param name="Source">How it came in; null for the API itself.</param>
/// <param name="Message">In the person's own words; deleted with their data.</param>
/// <param name="ReceivedAt">When it reached that program (UTC); null for now.</param>
public sealed record HeardPrivacyRequest(PhoneNumber Phone, PrivacyRequestKind Kind, string? Source, string? Message, DateTimeOffset? ReceivedAt);

/// <summary>What the API answers. Names nobody.</summary>
/// <param name="Number">DSR-…: what the person can quote.</param>
/// <param name="DueOn">The last lawful day of the answer.</param>
/// <param name="WasMessageAdded">The message was kept with the request that was open before.</param>
public sealed record PrivacyRequestReceipt(Guid Id, string Number, PrivacyRequestKind Kind, PrivacyRegime Regime, PrivacyRequestStatus Status, DateOnly DueOn, bool WasOpenBefore, bool WasMessageAdded);

/// <summary>
/// Takes in a request that another program has heard, and opens it unverified: no program verifies or answers. One for a number that no record has is taken in too, and its receipt
/// looks the same.
/// </summary>
public sealed class TakePrivacyRequest(ApiAnswers answers, LookupHash hashes, SubscriberVault vault, UnrecordedIntake unrecorded, SendingGate gate, TimeProvider clock)
{
    internal const string Source = "API";

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

    public async Task<Result<ApiAnswer>> ExecuteAsync(Actor actor, HeardPrivacyRequest heard, RepeatableRequest? request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        if (heard.ReceivedAt > now.AddMinutes(5) || heard.ReceivedAt < now - Oldest)
            return new FieldRefused("receivedAt", "The request lies in the future or more than a year back. Nothing was opened; give the instant at which it reached you, or leave it out for now.");
        return await answers.OnceAsync(actor, request, db => TakeAsync(db, actor, heard, now, cancellationToken), cancellationToken);
    }

    private async Task<Result<ApiAnswer>> TakeAsync(PortalDbContext db, Actor actor, HeardPrivacyRequest heard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await OnePerNumber.FindAsync(db, hashes.Phone(heard.Phone), cancellationToken);
        // It stands in the audit trail and in the request's own row, which both outlive an erasure.
        if (person is null ? heard.Source is not null && PersonTraces.Of(heard.Phone.E164, SubscriberProfile.Empty).AreIn(heard.Source) : PersonTraces.Refusal(vault, person, heard.Source) is not null)
            return new FieldRefused("source", "The source names the person or their number, and the audit trail keeps it for good, even after an erasure. Nothing was opened; say only the way, such as email, and the rest in the message.");
        var (source, receivedAt, message) = (string.IsNullOrWhiteSpace(heard.Source) ? Source : heard.Source, heard.ReceivedAt is { } at && at < now ? at : now, AskAboutData.Short(heard.Message));
        var (opened, isNew, isMessageAdded) = person is null
            ? await unrecorded.EnterOnceAsync(db, actor, new NewUnrecordedRequest(heard.Phone, heard.Kind, null, source, receivedAt, Message: message), now, cancellationToken)
            : await OpenPrivacyRequest.EnterOnceAsync(db, gate, actor, person, new NewPrivacyRequest(person.Id, heard.Kind, null, source, receivedAt, Message: message), now, cancellationToken);
        return ApiAnswer.Of(isNew ? 201 : 200, new PrivacyRequestReceipt(
            opened.Id.Value, string.Create(CultureInfo.InvariantCulture, $"DSR-{opened.Number}"), opened.Kind, opened.Regime, opened.Status, opened.DueOn, !isNew, isMessageAdded));
    }
}
