using System.Globalization;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The words under which pages show what is known of a person.</summary>
internal static class PersonWords
{
    public static string Of(LookKind look) => look switch
    {
        LookKind.Page => "Page, masked",
        LookKind.Number => "Full number",
        LookKind.Text => "Text with their name",
        LookKind.Paper => "Signed paper",
        LookKind.Attachment => "File sent with a request",
        LookKind.AuditValues => "Values of an audit entry",
        LookKind.Evidence => "Record of a sample, masked",
        LookKind.Request => "Privacy request, masked",
        LookKind.Inbox => "Texts in the inbox, masked",
        LookKind.Package => "Package of all their data",
        LookKind.PackageReview => "Review of that package",
        LookKind.File => "Full number, in a file",
        LookKind.Trail => "Their entries of the audit trail, masked",
        LookKind.Standing => "Where their consents stand, to a program",
    };

    public static string Of(FrequencyPreference frequency) => frequency switch
    {
        FrequencyPreference.Every => "Every text",
        FrequencyPreference.Daily => "At most daily",
        FrequencyPreference.Weekly => "Weekly",
        FrequencyPreference.Biweekly => "Every two weeks",
        FrequencyPreference.Monthly => "Monthly",
        FrequencyPreference.UrgentOnly => "Urgent only",
    };

    public static string Of(LineType line) => line switch
    {
        LineType.Unknown => "Unknown kind of line",
        LineType.Mobile => "Mobile",
        LineType.FixedLineOrMobile => "Landline or mobile",
        LineType.FixedLine => "Landline",
        LineType.Voip => "VoIP",
        LineType.TollFree => "Toll-free",
        LineType.PremiumRate => "Premium rate",
        LineType.SharedCost => "Shared cost",
        LineType.PersonalNumber => "Forwarding number",
        LineType.Pager => "Pager",
        LineType.Uan => "Company access",
        LineType.Voicemail => "Voicemail",
    };

    public static (Meaning Meaning, string Word) Of(NumberState state) => state switch
    {
        NumberState.Usable => (Meaning.Granted, "Usable"),
        NumberState.Suspect => (Meaning.Pending, "Suspect"),
        NumberState.Invalid => (Meaning.Blocked, "Nobody there"),
        NumberState.Reassigned => (Meaning.Blocked, "Reassigned"),
    };

    /// <summary>What the Reassigned Numbers Database said.</summary>
    public static string Of(ReassignedAnswer answer) => answer switch
    {
        ReassignedAnswer.Yes => "Yes, a new owner",
        ReassignedAnswer.No => "No",
        ReassignedAnswer.NoData => "No data",
    };

    public static string Of(ConsentChannel channel) => channel switch
    {
        ConsentChannel.WebForm => "Web form",
        ConsentChannel.Keyword => "Text message",
        ConsentChannel.Paper => "Paper",
        ConsentChannel.Staff => "In person or on the phone",
        ConsentChannel.Import => "Import",
        ConsentChannel.Api => "API",
        ConsentChannel.PreferenceCentre => "Preference centre",
        ConsentChannel.Provider => "SMS provider",
        ConsentChannel.Portal => "Portal",
    };

    public static string Of(ConsentLevel level) => level switch
    {
        ConsentLevel.None => "None",
        ConsentLevel.Implied => "Implied",
        ConsentLevel.SoftOptIn => "Soft opt-in",
        ConsentLevel.Express => "Express",
        ConsentLevel.ExpressWritten => "Express written",
    };

    public static string Of(LegalBasis basis) => basis switch
    {
        LegalBasis.Consent => "Consent",
        LegalBasis.SoftOptIn => "Soft opt-in",
        LegalBasis.Contract => "Contract",
        LegalBasis.LegalObligation => "Legal obligation",
        LegalBasis.ImpliedConsent => "Implied consent",
        LegalBasis.VitalInterest => "Vital interest",
    };

    public static string Of(MessageClass messageClass) => messageClass switch
    {
        MessageClass.Emergency => "Emergency",
        MessageClass.Transactional => "Transactional",
        MessageClass.Informational => "Informational",
        MessageClass.Marketing => "Marketing",
    };

    public static string Of(ConsentEventKind kind) => kind switch
    {
        ConsentEventKind.Requested => "Confirmation asked for",
        ConsentEventKind.Granted => "Consent given",
        ConsentEventKind.Confirmed => "Consent confirmed",
        ConsentEventKind.Renewed => "Consent renewed",
        ConsentEventKind.Withdrawn => "Consent withdrawn",
        ConsentEventKind.Expired => "Consent expired",
        ConsentEventKind.Voided => "Consent voided",
        ConsentEventKind.Retracted => "Record taken back",
    };

    public static string Of(DoubleOptIn doubleOptIn) => doubleOptIn switch
    {
        DoubleOptIn.None => "Not confirmed a second time",
        DoubleOptIn.Email => "Confirmed by mail",
        DoubleOptIn.Sms => "Confirmed from the number itself",
    };

    public static string Of(SuppressionScope scope) => scope switch
    {
        SuppressionScope.All => "Every text",
        SuppressionScope.Marketing => "Marketing",
        SuppressionScope.Purpose => "One purpose",
        SuppressionScope.Sender => "One sender",
    };

    public static string Of(SuppressionSource source) => source switch
    {
        SuppressionSource.Keyword => "a text of the person",
        SuppressionSource.PreferenceCentre => "the preference centre",
        SuppressionSource.Staff => "staff",
        SuppressionSource.Import => "an import",
        SuppressionSource.Api => "the API",
        SuppressionSource.Carrier => "the carrier",
        SuppressionSource.Complaint => "a complaint",
        SuppressionSource.Erasure => "an erasure",
        SuppressionSource.Reassigned => "a reassigned number",
        SuppressionSource.InboxReview => "the inbox",
        SuppressionSource.WebForm => "a web form",
    };

    /// <summary>The English name of an ISO 3166 region; the code itself where there is none.</summary>
    public static string Country(string? code)
    {
        try
        {
            return code is null ? "Unknown" : new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code!;
        }
    }

    /// <summary>14:05 on the clock of a zone, with the weekday where it is another day than for the reader.</summary>
    public static string Clock(DateTimeOffset now, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(now, zone).ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
