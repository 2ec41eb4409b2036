using System.Globalization;
using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>The sentences in which findings are read: what was seen, then what the rule says.</summary>
internal static class FindingText
{
    public static string Of(Finding finding) =>
        Seen(finding) is { } seen ? $"{seen} {finding.Rule.Sentence}" : finding.Rule.Sentence;

    private static string? Seen(Finding finding) => finding.Reason switch
    {
        SendReason.BarredDay => $"It is {Day(finding)}, a day without texts.",
        SendReason.QuietHours when finding.Number > 0 =>
            string.Create(CultureInfo.InvariantCulture, $"It is {Time(finding)}, less than {finding.Number} minutes before the end of the hours."),
        SendReason.QuietHours => $"It is {Time(finding)}.",
        SendReason.LocalStart => $"It is {Time(finding)}; the campaign starts there on {finding.Word}.",
        SendReason.CampaignHours => $"It is {Time(finding)}; the campaign sends {finding.Word}.",
        SendReason.ZoneUnknown => "Nothing tells in which time zone the phone is: ask the person for an address or a zone.",
        SendReason.FrequencyCap => Full(finding, "are allowed"),
        SendReason.PromisedFrequency => Full(finding, $"{finding.Word} were promised"),
        SendReason.FrequencyPreference when finding.Outcome == GateOutcome.Block => "The person wants urgent texts only.",
        SendReason.FrequencyPreference => $"The person chose to hear less often; the next text fits {From(finding)}.",
        SendReason.Snoozed => $"The person asked for silence until {Utc(finding.Instant)}.",
        SendReason.InvalidNumber => "This is no valid number.",
        SendReason.LineType => "This line is of a kind that takes no texts, or nobody knows whether it does.",
        SendReason.VoipLine => "This is an internet line, which may be disposable.",
        SendReason.SuspectNumber => "The last texts to this number failed.",
        SendReason.FakeRange => "The number is reserved and belongs to nobody.",
        SendReason.Suppressed => "The person stopped these texts.",
        SendReason.Restricted => "The person's data are restricted.",
        SendReason.NoConsent => "No valid consent is on record.",
        SendReason.NoWrittenConsent => "The consent on record is not written consent to marketing.",
        SendReason.ConsentPending => "The person has not answered the confirmation yet.",
        SendReason.NoSmsDoubleOptIn => "The consent was not confirmed by a text from the number.",
        SendReason.Withdrawn => "The person withdrew the consent.",
        SendReason.ConsentVoided => "The consent belonged to a former owner of the number.",
        SendReason.WrongPurpose => finding.Word is { } brand ? $"The consent was given to {brand} for its own texts." : "The consent was given for another purpose.",
        SendReason.ConsentExpired => "The consent has run out.",
        SendReason.DncListed => "The number is on the do-not-call register.",
        SendReason.DncStale when finding.Number > 0 =>
            string.Create(CultureInfo.InvariantCulture, $"The register was last asked {finding.Number} days ago."),
        SendReason.DncStale => "The register has not been asked.",
        SendReason.Reassigned => "The number has a new owner.",
        SendReason.ReassignmentUnknown => "Nobody knows whether the number still belongs to the person.",
        SendReason.CountryNotAllowed => "The policy sends nothing to this country.",
        SendReason.Underage => string.Create(CultureInfo.InvariantCulture, $"The person is younger than {finding.Number}."),
        SendReason.BrandMissing => $"The text does not name {finding.Word}.",
        SendReason.OptOutMissing => "The text does not say how to stop.",
        SendReason.Shortener or SendReason.UnsafeLink => $"The text holds {finding.Word}.",
        SendReason.RestrictedContent => $"The text says \"{finding.Word}\".",
        SendReason.SenderIdentityMissing => "The text gives no link or address of its sender.",
        SendReason.SenderNotAllowed => "This sender may not send this kind of text there.",
        SendReason.SenderNotRegistered => "The sender is not registered.",
        SendReason.TooManyParts => string.Create(CultureInfo.InvariantCulture, $"The text takes {finding.Number} parts."),
        SendReason.MissingMergeValue => $"Nothing was put in for {finding.Word}.",
        SendReason.EmptyBody => "The text is empty.",
        SendReason.Reclassified => $"\"{finding.Word}\" is promotional.",
        SendReason.AnswerTooLate => "More than 300 seconds have gone by.",
        _ => null,
    };

    private static string Full(Finding finding, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"Only {finding.Number} texts {what}, and they have been sent; the next one fits {From(finding)}.");

    private static string From(Finding finding) => finding.Instant == default ? "never" : $"from {Utc(finding.Instant)}";

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Day(Finding finding) => $"{Local(finding).ToString("dddd, d MMM yyyy", CultureInfo.InvariantCulture)} ({finding.Zone})";

    private static string Time(Finding finding) => $"{Local(finding).ToString("dddd HH:mm:ss", CultureInfo.InvariantCulture)} ({finding.Zone})";

    private static DateTime Local(Finding finding) => ZoneClock.Find(finding.Zone)?.LocalAt(finding.Instant) ?? finding.Instant.UtcDateTime;
}
