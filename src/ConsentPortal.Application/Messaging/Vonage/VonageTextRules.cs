using System.Globalization;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>What Vonage would refuse anyway, found before the call so that staff read which field is wrong.</summary>
internal static class VonageTextRules
{
    public const int LongestBody = 3200;
    public const int LongestClientRef = 100;
    private const int LongestAlphanumericSender = 11;
    private const int ShortestPersonalRun = 7;

    /// <summary>Null when the text may be sent.</summary>
    /// <exception cref="ArgumentException">The reference holds the recipient's number, which the provider could never erase.</exception>
    public static SendOutcome.Rejected? Problem(OutgoingText text)
    {
        var to = VonageNumber.Digits(text.To);
        if (to.Length >= ShortestPersonalRun && text.ClientRef.Contains(to, StringComparison.Ordinal))
            throw new ArgumentException("The client reference holds the recipient's number. Use the ledger row's own reference.", nameof(text));
        var fields = new List<FieldProblem>();
        if (!VonageNumber.IsFull(to))
            fields.Add(new("to", "must be 7 to 15 digits in international form"));
        if (!IsSender(VonageNumber.Digits(text.From)))
            fields.Add(new("from", "must be 3 to 15 digits, or 1 to 11 letters and digits"));
        if (text.Body.Length is 0 or > LongestBody)
            fields.Add(new("text", string.Create(CultureInfo.InvariantCulture, $"must have 1 to {LongestBody} characters, not {text.Body.Length}")));
        if (text.ClientRef.Length is 0 or > LongestClientRef)
            fields.Add(new("client_ref", "must have 1 to 100 characters"));
        if (text.TimeToLive is { } life && (life < OutgoingText.ShortestLife || life > OutgoingText.LongestLife))
            fields.Add(new("ttl", "must be between 20 seconds and 7 days"));
        return fields.Count == 0 ? null : new(
            IsPermanent: true, "invalid", Class: null, $"The text was not sent: {string.Join("; ", fields.Select(field => $"{field.Field} {field.Reason}"))}. Correct it and send it again.", fields);
    }

    private static bool IsSender(string from) =>
        from.All(char.IsAsciiDigit) ? from.Length is >= 3 and <= 15 : from.Length <= LongestAlphanumericSender && from.All(char.IsAsciiLetterOrDigit);
}
