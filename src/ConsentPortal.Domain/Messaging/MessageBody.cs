namespace ConsentPortal.Domain.Messaging;

/// <summary>The words of one text. Make one per wording and share it: what is found in it is worked out once.</summary>
public sealed class MessageBody(string text)
{
    /// <summary>As the recipient reads it, merged.</summary>
    public string Text { get; } = text;

    /// <summary>The words themselves stay out of logs: they may name the person.</summary>
    public override string ToString() => $"{Text.Length} characters";
}
