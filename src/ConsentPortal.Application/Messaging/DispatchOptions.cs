using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Messaging;

/// <summary>Section <c>Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>False on a machine that only serves pages.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Texts decided, committed and handed over together. Small: a STOP that comes meanwhile has to wait for so many.</summary>
    [Range(1, 500, ErrorMessage = "Dispatch:BatchSize must be 1 to 500.")]
    public int BatchSize { get; set; } = 64;

    /// <summary>
    /// How long the provider's silence counts as work before the outcome is unconfirmed. Its first half is for a text's way
    /// to the provider, so its second half must be longer than <c>Vonage:RequestTimeout</c>.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Pause after a look that found nothing to do.</summary>
    public TimeSpan IdlePause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pause after the provider refused the account: credentials, balance, suspension.</summary>
    public TimeSpan StoppedPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After which a text in doubt is looked up in the provider's records, which lag by minutes.</summary>
    public TimeSpan LookUpAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause between two look-ups of some texts in doubt.</summary>
    public TimeSpan LookUpEvery { get; set; } = TimeSpan.FromMinutes(1);
}
