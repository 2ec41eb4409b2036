using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>
/// Notes on which day staff sent a letter; the portal itself sends none. What the letter brings counts from that day: more time, a
/// clock that stands, a refusal, the end.
/// </summary>
public sealed class MarkLetterSent(PortalDatabase database, TimeProvider clock)
{
    /// <param name="on">By the organisation's calendar.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long letterId, DateOnly on, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => MarkAsync(db, actor, letterId, on, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<Done>> MarkAsync(PortalDbContext db, Actor actor, long letterId, DateOnly on, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PrivacyRequestLetters.FindAsync([letterId], cancellationToken) is not { } letter
            || await db.PrivacyRequests.FindAsync([letter.RequestId], cancellationToken) is not { } request)
            return new LetterNotFound();
        if (letter.SentOn is not null)
            return new LetterSentAlready();
        var days = await OrganisationDays.OfAsync(db, cancellationToken);
        if (on > days.Of(now) || on < days.Of(letter.WrittenAt))
            return new SendingDayImpossible();
        // Of a day that is over only the day is known: its last moment, which is still that day.
        var leftAt = on < days.Of(now) ? days.EndOf(on) : now;
        if (!request.LetterLeft(letter.Kind, new RequestDays(days.Of(request.ReceivedAt), on), leftAt).TryGet(out var effect, out var refusal))
            return refusal;
        (letter.SentOn, letter.SentBy) = (on, actor.Name);
        var about = new Dictionary<string, object?> { ["letter"] = letter.Kind, ["sentOn"] = on };
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.letterSent", string.Create(
            CultureInfo.InvariantCulture, $"Letter sent on {on:d MMM yyyy}: {LetterWordsFor.Of(letter.Kind)}.{(effect == LetterEffect.TooLate ? " The last lawful day was over, so it moves nothing." : "")}")), about);
        if (Step(effect, letter.Kind) is { } step)
            RequestChange.Tell(db, actor, request, now, step, about);
        return Done.Value;
    }

    private static RequestStep? Step(LetterEffect effect, LetterKind kind) => effect switch
    {
        LetterEffect.Extended => new RequestStep("request.extended", "The time was extended: the person was told in time."),
        LetterEffect.Paused => new RequestStep("request.paused", $"The clock stands: the person was asked {(kind == LetterKind.IdentityQuestion ? "who they are" : "what they mean")}."),
        LetterEffect.Denied => new RequestStep("request.denied", "Denied; the letter to the person says why, and where to complain."),
        LetterEffect.Completed => new RequestStep("request.completed", "Completed; the person was told."),
        LetterEffect.None or LetterEffect.TooLate => null,
    };
}

public sealed record LetterSentAlready() : Failure("This letter is marked as sent already. Nothing was changed.");

public sealed record SendingDayImpossible() : Failure("A letter is sent between the day on which it was written and today. Nothing was changed.");
