namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>A text that the simulator took, with the state that it has reached there.</summary>
/// <param name="Number">Counts up from 1 in the order of acceptance; a page of the journal starts after one.</param>
/// <param name="MessageId">The id that the answer carried; of the first part where the SMS API counts parts.</param>
/// <param name="To">Digits, as they came.</param>
/// <param name="At">When it was taken (UTC).</param>
/// <param name="Status">The last status reached, whether or not its webhook arrived.</param>
public sealed record SimulatedText(
    long Number, string MessageId, string? ClientRef, string To, string From, string Text, DateTimeOffset At, string Status)
{
    /// <summary>One id for each part in the SMS API, one in all in the Messages API.</summary>
    internal IReadOnlyList<string> Ids { get; init; } = [];

    internal int Parts { get; init; } = 1;

    internal bool IsSmsApi { get; init; }

    internal Vonage.VonageError? Error { get; init; }

    /// <summary>Whether this is the part of a long text that never arrives.</summary>
    internal bool IsLost(string id, SimulatorOptions options) => Ids.Count > 1 && options.FailedPart >= 1 && options.FailedPart <= Ids.Count && Ids[options.FailedPart - 1] == id;

    /// <summary>Without the number and the words, so that the record can stand in a log.</summary>
    public override string ToString() => $"Simulated text {MessageId}";
}

/// <summary>A text that a simulated handset sent to one of our numbers.</summary>
public sealed record SimulatedReply(string MessageId, string From, string To, string Text, DateTimeOffset At)
{
    public override string ToString() => $"Simulated reply {MessageId}";
}

/// <summary>A text that the provider itself sent to a handset: an answer of Opt-Out Assist, or a code of Verify.</summary>
/// <param name="From">The number of ours for which it answers, or the name under which the code comes.</param>
public sealed record SimulatedNotice(string MessageId, string To, string From, string Text, DateTimeOffset At)
{
    public override string ToString() => $"Simulated notice {MessageId}";
}

/// <summary>One handset and its last text, in either direction.</summary>
/// <param name="Number">Counts up from 1 in the order in which handsets appeared; stands for the number in addresses.</param>
/// <param name="Phone">Digits.</param>
public sealed record SimulatedHandset(int Number, string Phone, string LastText, DateTimeOffset LastAt, bool LastIsReply);

/// <summary>One line of a conversation as the handset shows it.</summary>
/// <param name="Other">The number on the other side: ours.</param>
/// <param name="Status">Of a text to the handset; null for a reply, and for what the provider itself sent.</param>
public sealed record SimulatedLine(string MessageId, string Text, string Other, DateTimeOffset At, bool IsReply, string? Status, bool IsOfProvider = false);
