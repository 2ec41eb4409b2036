using ConsentPortal.Web.Components.Shared;
using CsCheck;

namespace ConsentPortal.Web.Tests.Components;

public sealed class WordDiffTests
{
    private static readonly Gen<string> Text = Gen.OneOf(new[] { "I", "agree", " ", " ", "up", "to", "4", ".", "\n", "texts", "é", "🙂" }.Select(word => Gen.Const(word)).ToArray()).Array[0, 30].Select(string.Concat);

    [Fact]
    public void Without_the_additions_it_is_the_old_text_and_without_the_removals_the_new_one() =>
        Gen.Select(Text, Text).Sample((before, after) =>
        {
            var parts = WordDiff.Between(before, after);
            Assert.Equal(before, string.Concat(parts.Where(p => p.Kind is not DiffKind.Added).Select(p => p.Text)));
            Assert.Equal(after, string.Concat(parts.Where(p => p.Kind is not DiffKind.Removed).Select(p => p.Text)));
        });

    [Fact]
    public void Only_the_word_that_changed_is_marked() =>
        Assert.Equal(
            [new(DiffKind.Same, "up to "), new(DiffKind.Removed, "4"), new(DiffKind.Added, "2"), new DiffPart(DiffKind.Same, " times")],
            WordDiff.Between("up to 4 times", "up to 2 times"));

    [Fact]
    public void Very_long_texts_are_replaced_as_a_whole()
    {
        var before = string.Join(' ', Enumerable.Repeat("word", 2000));

        Assert.Equal([DiffKind.Removed, DiffKind.Added], WordDiff.Between(before, before + " more").Select(p => p.Kind));
    }
}
