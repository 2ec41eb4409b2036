using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>Notes on which day staff sent a letter; the portal itself sends none.</summary>
public sealed class MarkLetterSent(PortalDatabase database, TimeProvider clock)
{
    /// <param name="on">By the organisation's calendar.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long letterId, DateOnly on, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.PrivacyRequestLetters.FindAsync([letterId], cancellationToken) is not { } letter
                    || await db.PrivacyRequests.FindAsync([letter.RequestId], cancellationToken) is not { } request)
                    return new LetterNotFound();
                if (letter.SentOn is not null)
                    return new LetterSentAlready();
                var days = await OrganisationDays.OfAsync(db, cancellationToken);
                if (on > days.Of(now) || on < days.Of(letter.WrittenAt))
                    return new SendingDayImpossible();
                (letter.SentOn, letter.SentBy) = (on, actor.Name);
                RequestChange.Tell(db, actor, request, now, new RequestStep(
                    "request.letterSent", string.Create(CultureInfo.InvariantCulture, $"Letter sent on {on:d MMM yyyy}: {LetterWordsFor.Of(letter.Kind)}.")),
                    new Dictionary<string, object?> { ["letter"] = letter.Kind, ["sentOn"] = on });
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record LetterSentAlready() : Failure("This letter is marked as sent already. Nothing was changed.");

public sealed record SendingDayImpossible() : Failure("A letter is sent between the day on which it was written and today. Nothing was changed.");
