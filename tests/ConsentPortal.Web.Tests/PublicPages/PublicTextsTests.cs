using System.Text.RegularExpressions;
using ConsentPortal.Web.PublicPages;

namespace ConsentPortal.Web.Tests.PublicPages;

public sealed partial class PublicTextsTests
{
    public static TheoryData<string> Languages => new(PublicTexts.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_exists_with_the_same_places_to_fill_in(string language)
    {
        var (english, texts) = (PublicTexts.In("en"), PublicTexts.In(language));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key => Assert.Equal(Places(english[key]), Places(texts[key])));
        Assert.All(texts.Keys, key => Assert.False(string.IsNullOrWhiteSpace(texts[key]), key));
    }

    /// <summary>Every key that the pages name; those that are put together end in an underscore.</summary>
    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var folder = Path.Combine(ConsentPortal.Web.Hosting.RootSettings.RepositoryRoot()!.FullName, "src", "ConsentPortal.Web", "PublicPages");
        var named = Directory.EnumerateFiles(folder).SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value)).ToHashSet();

        Assert.True(named.Count > 80);
        Assert.DoesNotContain(named, key => !PublicTexts.In("en").Has(key));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("""(?:\bT|\bTexts|\btexts)(?:\[|\.Of\()"(?<key>[A-Za-z_]+)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
