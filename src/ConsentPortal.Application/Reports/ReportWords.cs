using System.Globalization;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.Reports;

/// <summary>The portal's terms in words for people who have never seen the portal.</summary>
internal static class ReportWords
{
    public static string Of(ConsentEventKind kind) => kind switch
    {
        ConsentEventKind.Requested => "Requested",
        ConsentEventKind.Granted => "Granted",
        ConsentEventKind.Confirmed => "Confirmed",
        ConsentEventKind.Renewed => "Renewed",
        ConsentEventKind.Withdrawn => "Withdrawn",
        ConsentEventKind.Expired => "Expired",
        ConsentEventKind.Voided => "Voided",
        ConsentEventKind.Retracted => "Taken back",
    };

    public static string Of(PrivacyRegime regime) => regime switch
    {
        PrivacyRegime.Gdpr => "GDPR",
        PrivacyRegime.UkGdpr => "UK GDPR",
        PrivacyRegime.Ccpa => "CCPA",
        PrivacyRegime.Lgpd => "LGPD",
        PrivacyRegime.Pipeda => "PIPEDA",
        PrivacyRegime.Other => "Other",
    };

    public static string Of(ConsentStatus status) => status switch
    {
        ConsentStatus.None => "Never agreed",
        ConsentStatus.Pending => "Asked to confirm",
        ConsentStatus.Granted => "Agreed",
        ConsentStatus.Withdrawn => "Withdrawn",
        ConsentStatus.Expired => "Expired",
        ConsentStatus.Voided => "Void: the number changed hands",
    };

    public static string Of(ConsentChannel channel) => channel switch
    {
        ConsentChannel.WebForm => "Web form",
        ConsentChannel.Keyword => "Text message",
        ConsentChannel.Paper => "Paper",
        ConsentChannel.Staff => "Told to staff",
        ConsentChannel.Import => "Imported list",
        ConsentChannel.Api => "Another system (API)",
        ConsentChannel.PreferenceCentre => "Preference page",
        ConsentChannel.Provider => "SMS provider",
        ConsentChannel.Portal => "The portal itself",
    };

    public static string Of(ConsentLevel level) => level switch
    {
        ConsentLevel.None => "None",
        ConsentLevel.Implied => "Implied",
        ConsentLevel.SoftOptIn => "Soft opt-in",
        ConsentLevel.Express => "Express",
        ConsentLevel.ExpressWritten => "Express, in writing",
    };

    public static string Of(LegalBasis basis) => basis switch
    {
        LegalBasis.Consent => "Consent (GDPR art. 6(1)(a))",
        LegalBasis.SoftOptIn => "Soft opt-in of a customer (Directive 2002/58/EC art. 13(2))",
        LegalBasis.Contract => "Contract (GDPR art. 6(1)(b))",
        LegalBasis.LegalObligation => "Legal obligation (GDPR art. 6(1)(c))",
        LegalBasis.ImpliedConsent => "Implied consent (CASL s. 10(9))",
        LegalBasis.VitalInterest => "Vital interests (GDPR art. 6(1)(d))",
    };

    public static string Of(DoubleOptIn step) => step switch
    {
        DoubleOptIn.None => "Not confirmed in a second step",
        DoubleOptIn.Email => "Confirmed by email",
        DoubleOptIn.Sms => "Confirmed by a text from the number itself",
    };

    public static string Of(MessageClass kind) => kind switch
    {
        MessageClass.Emergency => "Emergency",
        MessageClass.Transactional => "Transactional",
        MessageClass.Informational => "Informational",
        MessageClass.Marketing => "Marketing",
    };

    public static string Of(MessageState state) => state switch
    {
        MessageState.Planned => "Planned",
        MessageState.Deferred => "Waiting",
        MessageState.Sending => "Sending",
        MessageState.Accepted => "Accepted by the provider",
        MessageState.Delivered => "Delivered",
        MessageState.Failed => "Failed",
        MessageState.Expired => "Expired",
        MessageState.Skipped => "Not sent",
        MessageState.Unconfirmed => "In doubt",
    };

    public static string Of(CampaignStatus status) => status switch
    {
        CampaignStatus.Draft => "Draft",
        CampaignStatus.InReview => "In review",
        CampaignStatus.ChangesRequested => "Changes requested",
        CampaignStatus.Approved => "Approved",
        CampaignStatus.Scheduled => "Scheduled",
        CampaignStatus.Preparing => "Preparing",
        CampaignStatus.Sending => "Sending",
        CampaignStatus.Paused => "Paused",
        CampaignStatus.Repeating => "Repeating",
        CampaignStatus.Finished => "Finished",
        CampaignStatus.Cancelled => "Cancelled",
    };

    /// <summary>"quietHours" or "QuietHours" as "Quiet hours".</summary>
    public static string Spaced(string code)
    {
        var words = string.Concat(code.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(code[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static string Language(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    public static string Country(string? region)
    {
        try
        {
            return region is { Length: 2 } ? new RegionInfo(region).EnglishName : "Unknown";
        }
        catch (ArgumentException)
        {
            return region!;
        }
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Counted(long number, string singular, string plural) => $"{Count(number)} {(number == 1 ? singular : plural)}";

    public static string Share(long part, long whole) => whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    /// <summary>"36.6 % of them"; null of nothing, of which there is no part.</summary>
    public static string? ShareOf(long part, long whole, string what) => whole == 0 ? null : $"{Share(part, whole)} of {what}";

    /// <summary>23 Nov 2026, 14:02:07 UTC, and the same on the person's clock.</summary>
    public static string Time(DateTimeOffset at, string? zone)
    {
        var utc = at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
        return zone is not null && zone != "UTC" && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var local)
            ? string.Create(CultureInfo.InvariantCulture, $"{utc} ({TimeZoneInfo.ConvertTime(at, local):d MMM yyyy, HH:mm} {zone.Replace('_', ' ')})")
            : utc;
    }

    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
