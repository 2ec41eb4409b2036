namespace ConsentPortal.Application.Messaging;

/// <summary>What a delivery error means for the number and for later texts, whatever code the provider used.</summary>
public enum ProviderErrorClass
{
    /// <summary>May succeed later, to the same number.</summary>
    Transient = 'T',

    /// <summary>The number does not exist any more: mark it invalid.</summary>
    PermanentNumber = 'P',

    /// <summary>The person opted out at the provider or the carrier: record it as an opt-out for this sender.</summary>
    OptedOut = 'O',

    /// <summary>One strike; after several the number is suppressed.</summary>
    SoftStrike = 'S',

    /// <summary>The provider takes no text to this number; a strike like the one above.</summary>
    Barred = 'B',

    /// <summary>Our settings, registration or bill: stop and tell an administrator.</summary>
    Configuration = 'C',

    /// <summary>The words were refused.</summary>
    Content = 'X',

    /// <summary>The carrier takes no more from this sender today.</summary>
    DailyLimit = 'D',
}

public static class ProviderErrorClassLetters
{
    public static char Letter(this ProviderErrorClass errorClass) => (char)errorClass;
}
