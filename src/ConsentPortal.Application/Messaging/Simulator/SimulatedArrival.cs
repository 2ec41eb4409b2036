namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>How the webhooks of one text from a handset arrive.</summary>
public sealed record SimulatedArrival
{
    /// <summary>As a carrier's concatenated text counts them.</summary>
    public const int MostParts = 255;

    public static SimulatedArrival Whole { get; } = new();

    /// <summary>1 for one webhook; more for as many, in the SMS API's form, which alone has parts.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The parts, from 1, in the order in which they come; one that is not named is lost. Empty for all in order.</summary>
    public IReadOnlyList<int> Order { get; init; } = [];

    /// <summary>How old the signature of each first attempt is; a repetition is signed anew.</summary>
    public TimeSpan SignedAgo { get; init; }

    /// <summary>The pieces of a text as they come, each with its number.</summary>
    internal IReadOnlyList<(int Part, string Text)> Pieces(string text) =>
        [.. (Order.Count > 0 ? Order : Enumerable.Range(1, Parts)).Select(part => (part, text[Cut(text, part - 1)..Cut(text, part)]))];

    /// <summary>Evenly, and never through a pair that is one character.</summary>
    private int Cut(string text, int part)
    {
        var at = (int)((long)text.Length * part / Parts);
        return at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at + 1 : at;
    }
}
