using System.Globalization;
using ConsentPortal.Web.Components.Theme;

namespace ConsentPortal.Web.Tests.Components;

public sealed class ToneTests
{
    public static TheoryData<string, string, bool> Pairings
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var pair in Tones.Pairings)
            {
                data.Add(pair.Text.Name, pair.Ground.Name, false);
                data.Add(pair.Text.Name, pair.Ground.Name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void Text_keeps_a_contrast_of_at_least_4_5_to_1(string text, string ground, bool dark)
    {
        var contrast = Contrast(Colour(text, dark), Colour(ground, dark));

        Assert.True(contrast >= 4.5, $"{text} on {ground}{(dark ? ", dark" : "")}: {contrast:0.00}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_border_of_a_field_keeps_a_contrast_of_at_least_3_to_1(bool dark) =>
        Assert.True(Contrast(Colour("strong-line", dark), Colour("surface", dark)) >= 3);

    private static string Colour(string name, bool dark)
    {
        var tone = Tones.All.Single(tone => tone.Name == name);
        return dark ? tone.Dark : tone.Light;
    }

    /// <summary>WCAG 2.2, "contrast ratio".</summary>
    private static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int from)
        {
            var value = int.Parse(colour.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
