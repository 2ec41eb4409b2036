using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("gold", "GOLD", true)]
    [InlineData("gold", "gold  ", true)]
    [InlineData("été", "ÉTÉ", true)]
    [InlineData("", "  ", true)]
    [InlineData("gold", " gold", false)]
    [InlineData("ete", "été", false)]
    [InlineData("strasse", "straße", false)]
    public void Neither_capitals_nor_blanks_at_the_end_count_and_everything_else_does(string a, string b, bool same)
    {
        Assert.Equal(same, RuleText.IsSame(a, b));
        Assert.Equal(same, RuleText.Fold(a) == RuleText.Fold(b));
        Assert.Equal(same, string.Equals(a.TrimEnd(' '), b.TrimEnd(' '), StringComparison.OrdinalIgnoreCase));
    }
}
