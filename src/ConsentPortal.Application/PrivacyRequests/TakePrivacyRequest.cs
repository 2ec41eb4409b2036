using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
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

/// <summary>Takes in a request that another program has heard, and opens it unverified: no program verifies or answers.</summary>
public sealed class TakePrivacyRequest(ApiAnswers answers, LookupHash hashes, SubscriberVault vault, SendingGate gate, TimeProvider clock)
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
        if (await OnePerNumber.FindAsync(db, hashes.Phone(heard.Phone), cancellationToken) is not { } person)
            return new FieldRefused("phone", "Nobody here has this number, so nothing is held about it. Nothing was opened; tell the person so.");
        // It stands in the audit trail and in the request's own row, which both outlive an erasure.
        if (PersonTraces.Refusal(vault, person, heard.Source) is not null)
            return new FieldRefused("source", "The source names the person or their number, and the audit trail keeps it for good, even after an erasure. Nothing was opened; say only the way, such as email, and the rest in the message.");
        var wish = new NewPrivacyRequest(
            person.Id, heard.Kind, null, string.IsNullOrWhiteSpace(heard.Source) ? Source : heard.Source, heard.ReceivedAt is { } at && at < now ? at : now, Message: AskAboutData.Short(heard.Message));
        var (opened, isNew, isMessageAdded) = await OpenPrivacyRequest.EnterOnceAsync(db, gate, actor, person, wish, now, cancellationToken);
        return ApiAnswer.Of(isNew ? 201 : 200, new PrivacyRequestReceipt(
            opened.Id.Value, string.Create(CultureInfo.InvariantCulture, $"DSR-{opened.Number}"), opened.Kind, opened.Regime, opened.Status, opened.DueOn, !isNew, isMessageAdded));
    }
}
