using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class VariantComparisonTests
{
    [Theory]
    // z = 1.96 and z = 2.576 give the probabilities of every table of the normal distribution.
    [InlineData(60, 100, 40, 100, 0.00468)]
    [InlineData(55, 100, 45, 100, 0.15730)]
    [InlineData(30, 1000, 15, 1000, 0.02372)]
    public void The_probability_is_that_of_the_pooled_test_of_two_proportions(int one, int ofOne, int other, int ofOther, double expected) =>
        Assert.Equal(expected, VariantComparison.ProbabilityOfChance(new('A', one, ofOne), new('B', other, ofOther))!.Value, 0.0001);

    [Fact]
    public void Few_texts_are_too_early_to_tell() => Assert.Equal("too early to tell", VariantComparison.Sentence([new('A', 4, 40), new('B', 0, 40)], "opted out"));

    [Fact]
    public void A_variant_that_nobody_got_yet_is_too_early_to_tell() =>
        Assert.Equal("too early to tell", VariantComparison.Sentence([new('A', 300, 1_000), new('B', 100, 1_000), new('C', 0, 0)], "opted out"));

    [Fact]
    public void A_difference_beyond_chance_names_both_and_the_odds() => Assert.Equal(
        "more people opted out with B (6.0 %) than with A (3.0 %); chance alone does that about 1 times in 1,000",
        VariantComparison.Sentence([new('A', 30, 1_000), new('B', 60, 1_000)], "opted out"));

    [Fact]
    public void A_difference_within_chance_says_so() => Assert.Equal(
        "no difference that chance would not explain: 3.4 % with B, 3.0 % with A", VariantComparison.Sentence([new('A', 30, 1_000), new('B', 34, 1_000)], "opted out"));

    [Fact]
    public void Of_more_pairs_one_differs_more_easily_so_more_is_asked_for()
    {
        VariantShare[] two = [new('A', 30, 1_000), new('B', 15, 1_000)];

        Assert.StartsWith("more people", VariantComparison.Sentence(two, "opted out"));
        Assert.StartsWith("no difference", VariantComparison.Sentence([.. two, new('C', 22, 1_000), new('D', 22, 1_000)], "opted out"));
    }
}
