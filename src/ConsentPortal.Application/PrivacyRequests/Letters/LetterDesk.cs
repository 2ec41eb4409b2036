using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
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
        PortalDbContext db, PrivacyRequest request, RequestSubject subject, LetterKind kind, string? language, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await RequestChange.DaysAsync(db, request, now, cancellationToken);
        var texts = LetterTexts.In(language ?? subject.Language);
        var cause = kind == LetterKind.IdentityQuestion ? PauseCause.Identity : PauseCause.Clarification;
        return (texts.Language, texts.Write(new LetterFacts(
            kind, request.Kind, request.Regime, string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}"), days.ReceivedOn, DueOn(request, kind, days),
            reason?.Trim() ?? "", await ReportTrail.OrganisationAsync(db, cancellationToken), !request.NeedsVerification, request.PausedOn is not null || request.MayPause(cause),
            kind == LetterKind.Completion && request.SubscriberId is null ? await NothingAsync(db, request, subject, cancellationToken) : null, request.SubscriberId is null)));
    }

    /// <summary>As things stand when the letter is written: an erasure has taken away by then what it takes away.</summary>
    private static async Task<NothingHeld> NothingAsync(PortalDbContext db, PrivacyRequest request, RequestSubject subject, CancellationToken cancellationToken)
    {
        var on = (await OrganisationDays.OfAsync(db, cancellationToken)).Of(subject.Number?.SearchedAt ?? request.CompletedAt ?? request.ReceivedAt);
        if (subject.Number is not { } number)
            return new NothingHeld(on, []);
        var found = await NumberSearch.RunAsync(db, number.PhoneHash, cancellationToken);
        return new NothingHeld(on, [.. new[] { found.IsStopped ? KeptByNumber.Stop : default(KeptByNumber?), found.Verdicts > 0 ? KeptByNumber.Provider : null, found.Texts > 0 ? KeptByNumber.Texts : null, found.StaffNumbers > 0 ? KeptByNumber.Staff : null }.OfType<KeptByNumber>()]);
    }

    /// <returns>Null where no letter of this kind waits to be sent.</returns>
    internal static async Task<Failure?> WaitingAsync(PortalDbContext db, PrivacyRequestId id, LetterKind kind, CancellationToken cancellationToken) =>
        await db.PrivacyRequestLetters.AnyAsync(l => l.RequestId == id && l.Kind == kind && l.SentOn == null, cancellationToken) ? new LetterWaits() : null;

    /// <summary>Keeps a letter; the caller tells of the act.</summary>
    /// <returns>Null where it was kept.</returns>
    internal async Task<Failure?> KeepAsync(
        PortalDbContext db, Actor actor, PrivacyRequest request, LetterKind kind, LetterWords? words, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await RequestSubject.FindAsync(db, request, cancellationToken) is not { } subject)
            return new SubscriberNotFound();
        // Words of one's own could bring back what was erased.
        if (subject.WrappedKey is null && (kind != LetterKind.Completion || words?.Text is not null))
            return new LetterIsFixed();
        var (language, text) = await ComposeAsync(db, request, subject, kind, words?.Language, reason, now, cancellationToken);
        var kept = words?.Text?.Trim() ?? text;
        if (kept.Length is < 10 or > Longest)
            return new LetterUnusable();
        db.PrivacyRequestLetters.Add(new PrivacyRequestLetter
        {
            RequestId = request.Id, SubscriberId = subject.KeyId, Kind = kind, Language = language, TextSealed = Seal(subject, kept), WrittenAt = now, WrittenBy = actor.Name,
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

    private byte[]? Seal(RequestSubject subject, string text)
    {
        if (subject.WrappedKey is null)
            return null;
        using var key = keys.Unwrap(subject.WrappedKey, subject.KeyId);
        return key.Seal(text, SealedField.RequestDetail);
    }
}

public sealed record LetterIsFixed()
    : Failure("This person's data was erased, so only the letter that tells them so can be written, in the words of its template. Nothing was kept.");

public sealed record LetterUnusable() : Failure("A letter has 10 to 8,000 characters. Nothing was kept.");

public sealed record LetterWaits() : Failure("The letter that says so waits to be sent already. Nothing was changed; send it and mark it as sent.");

public sealed record LetterNotFound() : Failure("There is no such letter. Nothing was changed.");
