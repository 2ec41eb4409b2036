namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>What a text from a handset asks for. The names are stored and printed by <c>keywords check</c>.</summary>
public enum TextAction
{
    /// <summary>Nothing that changes consent.</summary>
    None = 0,
    OptOut = 1,
    OptIn = 2,

    /// <summary>YES to the question whether the person meant it.</summary>
    Confirm = 3,
    Help = 4,

    /// <summary>May be a wish to stop: marketing waits until a person has read it.</summary>
    Review = 5,
}

/// <summary>How a text was read, and by what.</summary>
/// <param name="Tier">T1 to T7 of the opt-out language; null for help, start, yes and plain conversation.</param>
/// <param name="Rule">The rule behind it, such as US-12; null for plain conversation.</param>
/// <param name="Matched">The word or phrase, as it stands in the lists; null when nothing matched.</param>
/// <param name="IsWrongNumber">The person says that the number is not the one who agreed: the consent was somebody else's.</param>
public sealed record TextMeaning(TextAction Action, string? Tier = null, string? Rule = null, string? Matched = null, bool IsWrongNumber = false)
{
    public static TextMeaning Nothing { get; } = new(TextAction.None);
}
