using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Requests in words for people.</summary>
internal static class RequestWords
{
    public static string Of(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access => "Access",
        PrivacyRequestKind.Portability => "Portability",
        PrivacyRequestKind.Rectification => "Correction",
        PrivacyRequestKind.Erasure => "Erasure",
        PrivacyRequestKind.Restriction => "Restriction",
        PrivacyRequestKind.Objection => "Objection to marketing",
        PrivacyRequestKind.OptOutOfSale => "Opt-out of sale",
        PrivacyRequestKind.Withdrawal => "Withdrawal of consent",
    };

    public static string Of(PrivacyRegime regime) => regime switch
    {
        PrivacyRegime.Gdpr => "GDPR",
        PrivacyRegime.UkGdpr => "UK GDPR",
        PrivacyRegime.Ccpa => "CCPA",
        PrivacyRegime.Lgpd => "LGPD",
        PrivacyRegime.Pipeda => "PIPEDA",
        PrivacyRegime.Other => "No set law",
    };

    public static (Meaning Meaning, string Word) Of(PrivacyRequestStatus status) => status switch
    {
        PrivacyRequestStatus.Received => (Meaning.Pending, "Received"),
        PrivacyRequestStatus.Verified => (Meaning.Deferred, "Verified"),
        PrivacyRequestStatus.InReview => (Meaning.Pending, "Waits for approval"),
        PrivacyRequestStatus.Approved => (Meaning.Granted, "Approved"),
        PrivacyRequestStatus.Executing => (Meaning.Deferred, "Being carried out"),
        PrivacyRequestStatus.Replying => (Meaning.Pending, "Answer to be sent"),
        PrivacyRequestStatus.Completed => (Meaning.Granted, "Completed"),
        PrivacyRequestStatus.Denied => (Meaning.Blocked, "Denied"),
        PrivacyRequestStatus.Cancelled => (Meaning.Withdrawn, "Cancelled"),
        PrivacyRequestStatus.Failed => (Meaning.Blocked, "Something was found"),
    };

    /// <summary>What completing it does, for the person who presses the button.</summary>
    public static string EffectOf(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access or PrivacyRequestKind.Portability => "Note here that it is done. It closes with your letter, or when the person has fetched their package by its link.",
        PrivacyRequestKind.Rectification => "Change the data on the person's page first, then note it here. It closes with the letter that says so.",
        PrivacyRequestKind.Restriction => "Leaves the data stored and stops every use of it.",
        PrivacyRequestKind.Objection => "Every marketing consent ended and marketing texts to the number stopped when this was entered.",
        PrivacyRequestKind.OptOutOfSale => "Their data were marked as not to be sold or shared when this was entered. Completing it notes what the person was told.",
        PrivacyRequestKind.Withdrawal => "Every consent ended and all texts to the number stopped when this was entered. Completing it notes what the person was told.",
        PrivacyRequestKind.Erasure => "An erasure closes itself once nothing of the person is found any more.",
    };

    /// <summary>What came with a request as a file.</summary>
    public static string Of(AttachmentKind kind) => kind switch
    {
        AttachmentKind.IdentityPaper => "Identity paper",
        AttachmentKind.Letter => "Letter",
        AttachmentKind.Email => "E-mail",
        AttachmentKind.Other => "Something else",
    };

    /// <summary>What a letter is called in a list of them.</summary>
    public static string Of(LetterKind kind) => kind switch
    {
        LetterKind.Acknowledgement => "Confirmation of receipt",
        LetterKind.IdentityQuestion => "Who asks",
        LetterKind.ClarityQuestion => "What is meant",
        LetterKind.Extension => "More time",
        LetterKind.Denial => "Refusal",
        LetterKind.Completion => "What was done",
    };

    /// <summary>What does not count before a letter has left; null where nothing hangs on it.</summary>
    public static string? WaitsFor(LetterKind kind, PrivacyRequestView request) => kind switch
    {
        _ when !request.IsOpen => null,
        LetterKind.Extension when !request.IsExtended => $"Until it has left, {Figures.Date(request.DueOn)} stays the last lawful day. It has to leave by then.",
        LetterKind.IdentityQuestion when request.MayPauseForIdentity => "The clock runs on until it has left.",
        LetterKind.ClarityQuestion when request.MayPauseForClarity => "The clock runs on until it has left.",
        LetterKind.Denial => "The request stays open, and its clock runs, until it has left.",
        LetterKind.Completion => "The request closes when it has left.",
        _ => null,
    };

    /// <summary>ISO 639-1, in the order in which a letter offers them.</summary>
    public static IReadOnlyList<string> LetterLanguages { get; } = ["en", "es", "fr", "de"];

    public static string OfLanguage(string? language) => language switch { "es" => "Spanish", "fr" => "French", "de" => "German", _ => "English" };
}
