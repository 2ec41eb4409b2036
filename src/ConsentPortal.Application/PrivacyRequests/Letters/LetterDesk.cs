using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>What staff made of a letter's template before they kept it.</summary>
/// <param name="Language">ISO 639-1; null takes the person's.</param>
/// <param name="Text">Null keeps the template as it stands. The first line is the subject.</param>
public sealed record LetterWords(string? Language = null, string? Text = null);

/// <summary>Writes letters from their templates and keeps them beside the act that they tell of, in the caller's transaction.</summary>
public sealed class LetterDesk(SubjectKeys keys)
{
    public const int Longest = 8_000;

    /// <param name="reason">In staff's own words, as the person shall read them.</param>
    internal static async Task<(string Language, string Text)> ComposeAsync(
        PortalDbContext db, PrivacyRequest request, Subscriber person, LetterKind kind, string? language, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await RequestChange.DaysAsync(db, request, now, cancellationToken);
        var texts = LetterTexts.In(language ?? person.Language);
        var cause = kind == LetterKind.IdentityQuestion ? PauseCause.Identity : PauseCause.Clarification;
        return (texts.Language, texts.Write(new LetterFacts(
            kind, request.Kind, request.Regime, string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}"), days.ReceivedOn, DueOn(request, kind, days),
            reason?.Trim() ?? "", await ReportTrail.OrganisationAsync(db, cancellationToken), !request.NeedsVerification, request.PausedOn is not null || request.MayPause(cause))));
    }

    /// <returns>Null where no letter of this kind waits to be sent.</returns>
    internal static async Task<Failure?> WaitingAsync(PortalDbContext db, PrivacyRequestId id, LetterKind kind, CancellationToken cancellationToken) =>
        await db.PrivacyRequestLetters.AnyAsync(l => l.RequestId == id && l.Kind == kind && l.SentOn == null, cancellationToken) ? new LetterWaits() : null;

    /// <summary>Keeps a letter; the caller tells of the act.</summary>
    /// <returns>Null where it was kept.</returns>
    internal async Task<Failure?> KeepAsync(
        PortalDbContext db, Actor actor, PrivacyRequest request, LetterKind kind, LetterWords? words, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Subscribers.FindAsync([request.SubscriberId], cancellationToken) is not { } person)
            return new SubscriberNotFound();
        // Words of one's own could bring back what was erased.
        if (person.WrappedKey is null && (kind != LetterKind.Completion || words?.Text is not null))
            return new LetterIsFixed();
        var (language, text) = await ComposeAsync(db, request, person, kind, words?.Language, reason, now, cancellationToken);
        var kept = words?.Text?.Trim() ?? text;
        if (kept.Length is < 10 or > Longest)
            return new LetterUnusable();
        db.PrivacyRequestLetters.Add(new PrivacyRequestLetter
        {
            RequestId = request.Id, SubscriberId = person.Id, Kind = kind, Language = language, TextSealed = Seal(person, kept), WrittenAt = now, WrittenBy = actor.Name,
        });
        return null;
    }

    /// <summary>As the act of <paramref name="kind"/> will leave it.</summary>
    private static DateOnly DueOn(PrivacyRequest request, LetterKind kind, RequestDays days)
    {
        if (kind != LetterKind.Extension)
            return request.DueOn;
        var later = RequestClock.For(request.Regime, request.Kind, days.ReceivedOn, [.. request.ClockEvents, new ClockEvent(ClockEventKind.Extended, days.Today)]).DueOn;
        return later > request.DueOn ? later : request.DueOn;
    }

    private byte[]? Seal(Subscriber person, string text)
    {
        if (person.WrappedKey is null)
            return null;
        using var key = keys.Unwrap(person.WrappedKey, person.Id);
        return key.Seal(text, SealedField.RequestDetail);
    }
}

public sealed record LetterIsFixed()
    : Failure("This person's data was erased, so only the letter that tells them so can be written, in the words of its template. Nothing was kept.");

public sealed record LetterUnusable() : Failure("A letter has 10 to 8,000 characters. Nothing was kept.");

public sealed record LetterWaits() : Failure("The letter that says so waits to be sent already. Nothing was changed; send it and mark it as sent.");

public sealed record LetterNotFound() : Failure("There is no such letter. Nothing was changed.");
