using System.Globalization;

namespace ConsentPortal.Benchmarks.Segments;

/// <summary>Milliseconds that a count took, by the clock and of the processor.</summary>
internal readonly record struct Spent(double Clock, double Processor)
{
    public static Spent Endless { get; } = new(double.MaxValue, double.MaxValue);

    public Spent Least(Spent other) => new(Math.Min(Clock, other.Clock), Math.Min(Processor, other.Processor));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Clock:F1} / {Processor:F1}");
}
