namespace ConsentPortal.Application.Consent;

/// <summary>People whose consent stands on words that say something else than those shown now.</summary>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Before">The first version whose words and promised frequency are those of today.</param>
/// <param name="Versions">The earlier ones on which somebody's consent stands, newest first.</param>
public sealed record EarlierWords(string Language, int Before, IReadOnlyList<WordingDetails> Versions)
{
    public int People => Versions.Sum(v => v.Shown);

    /// <param name="wordings">Of one purpose, by language, newest version first.</param>
    public static IReadOnlyList<EarlierWords> Of(IEnumerable<WordingDetails> wordings) =>
        [.. wordings.GroupBy(w => w.Wording.Language).Select(g => Of(g.Key, [.. g])).Where(e => e.People > 0)];

    private static EarlierWords Of(string language, IReadOnlyList<WordingDetails> versions)
    {
        var now = versions[0].Wording;
        var same = versions.TakeWhile(v => v.Wording.Text == now.Text && v.Wording.PromisedFrequency == now.PromisedFrequency).Count();
        return new EarlierWords(language, versions[same - 1].Wording.Version, [.. versions.Skip(same).Where(v => v.Shown > 0)]);
    }
}
