namespace ConsentPortal.Web.Components.Shared;

/// <summary>A value axis from zero with round lines: 1, 2, 2.5 or 5 times a power of ten apart, at most five of them.</summary>
internal sealed record Scale(long Top, IReadOnlyList<long> Lines)
{
    public static Scale For(long largest)
    {
        var rough = Math.Max(1, largest) / 4.0;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double[] steps = [1, 2, 2.5, 5, 10];
        var step = Math.Max(1, (long)Math.Ceiling(power * steps.First(candidate => candidate * power >= rough - 1e-9)));
        var count = (int)Math.Ceiling(Math.Max(1, largest) / (double)step);
        return new Scale(step * count, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }
}
