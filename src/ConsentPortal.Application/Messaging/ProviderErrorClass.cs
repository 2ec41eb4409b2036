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

    /// <summary>Our settings or registration: texts like this one fail until they are put right.</summary>
    Configuration = 'C',

    /// <summary>Our account or bill: no text arrives until that is put right.</summary>
    Account = 'A',

    /// <summary>The words were refused.</summary>
    Content = 'X',

    /// <summary>The carrier takes no more from this sender today.</summary>
    DailyLimit = 'D',
}

/// <summary>Where a code of the provider came from: one number means different things in the two.</summary>
public enum ProviderCodeSource
{
    /// <summary>The answer to the text itself, which did not leave.</summary>
    Answer = 1,

    /// <summary>A receipt for a text that had left.</summary>
    Receipt = 2,
}

/// <summary>What one of the provider's codes says.</summary>
/// <param name="Class">Null where it says nothing about the number or our settings.</param>
/// <param name="Meaning">A few words for staff, to stand within a sentence.</param>
public sealed record ProviderErrorMeaning(string Code, ProviderErrorClass? Class, string Meaning);

public static class ProviderErrorClassLetters
{
    public static char Letter(this ProviderErrorClass errorClass) => (char)errorClass;
}
