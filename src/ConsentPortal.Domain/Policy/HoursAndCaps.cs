namespace ConsentPortal.Domain.Policy;

/// <summary>The reasons by which the hours of the day, or how much one person gets, hold a text back; also those that a person chose.</summary>
public static class HoursAndCaps
{
    public static IReadOnlyList<SendReason> Reasons { get; } =
    [
        SendReason.QuietHours, SendReason.BarredDay, SendReason.ZoneUnknown, SendReason.FrequencyCap, SendReason.PromisedFrequency, SendReason.FrequencyPreference, SendReason.Snoozed,
    ];
}
