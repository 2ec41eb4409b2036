using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Domain.Consent;

/// <summary>
/// The words a person was shown for a purpose, in one language and one version. Once a consent names it, it never changes:
/// what a person saw can be printed, word for word, years later (BGH I ZR 164/09, EU-03).
/// </summary>
public sealed class Wording
{
    public required WordingId Id { get; init; }

    public required PurposeId PurposeId { get; init; }

    /// <summary>ISO 639-1, lower case.</summary>
    public required string Language { get; init; }

    /// <summary>1, 2, 3 … within a purpose and language.</summary>
    public required int Version { get; init; }

    /// <summary>The disclosure beside the box or on the form.</summary>
    public required string Text { get; init; }

    /// <summary>Asks the number's owner to reply YES; holds no advertising (EU-24).</summary>
    public required string DoubleOptInPrompt { get; init; }

    /// <summary>The five parts of CT-03: programme, help, how to stop, how often, data rates.</summary>
    public required string Confirmation { get; init; }

    public required string HelpReply { get; init; }

    /// <summary>The one text after an opt-out (US-16).</summary>
    public required string StopReply { get; init; }

    public required string PromisedFrequency { get; init; }

    public required string PrivacyPolicyVersion { get; init; }

    public string? ShownAt { get; init; }

    public required DateTimeOffset ActiveFrom { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>The first consent under it, after which nothing here may change.</summary>
    public DateTimeOffset? FirstUsedAt { get; set; }

    /// <summary>SHA-256 over everything a person could read, lower-case hex: stands in audit entries and certificates.</summary>
    public required string Hash { get; init; }

    public static string HashOf(string text, string prompt, string confirmation, string help, string stop, string frequency, string privacyPolicyVersion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\u001e', text, prompt, confirmation, help, stop, frequency, privacyPolicyVersion))));
}
