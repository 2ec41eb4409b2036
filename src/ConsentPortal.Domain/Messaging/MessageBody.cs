namespace ConsentPortal.Domain.Messaging;

/// <summary>The words of one text. Make one per wording and share it: what is found in it is worked out once.</summary>
public sealed class MessageBody(string text)
{
    private SmsMeasure? _measure;
    private BodySignals? _signals;

    /// <summary>As the recipient reads it, merged.</summary>
    public string Text { get; } = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Encoding, units and parts.</summary>
    public SmsMeasure Measure => _measure ??= SmsMeasure.Of(Text);

    /// <summary>What rules about content look for.</summary>
    public BodySignals Signals => _signals ??= BodySignals.Of(Text);

    /// <summary>Whether the seller's name stands in the text, in whatever case.</summary>
    public bool Names(string brand) => Text.Contains(brand.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The words themselves stay out of logs: they may name the person.</summary>
    public override string ToString() => $"{Text.Length} characters";
}
