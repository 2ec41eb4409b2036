using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Keywords;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>A word of a purpose's own that somebody texted.</summary>
/// <param name="Language">Of those who are told the word; null where the person's own is taken.</param>
internal sealed record JoinWord(Purpose Purpose, string Word, string? Language);

/// <summary>The purposes whose texts come from one sender, oldest first; their words to join and their wordings in use.</summary>
internal sealed record InboundProgrammes(IReadOnlyList<Purpose> Purposes, IReadOnlyList<PurposeKeyword> Keywords, IReadOnlyList<Wording> Wordings)
{
    public string? Brand => Purposes.Count == 0 ? null : Purposes[0].Brand;

    /// <param name="to">Our number as the provider names it.</param>
    public static async Task<InboundProgrammes> OfAsync(PortalDbContext db, string to, CancellationToken cancellationToken)
    {
        var bare = to.TrimStart('+');
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null && (p.Sender == bare || p.Sender == "+" + bare)).OrderBy(p => p.CreatedAt).ThenBy(p => p.Name).ToListAsync(cancellationToken);
        var ids = purposes.Select(p => p.Id).ToList();
        return new InboundProgrammes(
            purposes,
            await db.PurposeKeywords.AsNoTracking().Where(k => ids.Contains(k.PurposeId) && k.RetiredAt == null).OrderBy(k => k.Id).ToListAsync(cancellationToken),
            await db.Wordings.Where(w => ids.Contains(w.PurposeId) && w.RetiredAt == null).OrderBy(w => w.Language).ToListAsync(cancellationToken));
    }

    /// <summary>What a text to this sender means: a word of one of its purposes comes before the lists.</summary>
    public (TextMeaning Meaning, JoinWord? Joins) Read(string text) =>
        JoinedBy(text) is { } joins ? (new TextMeaning(TextAction.OptIn, null, "CT-07", joins.Word), joins) : (OptOutMatcher.Match(text, Brand), null);

    /// <returns>The purpose whose own word the text is, or null.</returns>
    private JoinWord? JoinedBy(string text)
    {
        var word = FoldedText.Of(text);
        if (word.Count == 0)
            return null;
        foreach (var purpose in Purposes)
        {
            if (purpose.JoinKeyword is { } keyword && IsSame(word, keyword))
                return new JoinWord(purpose, keyword, null);
        }

        return Keywords.FirstOrDefault(k => IsSame(word, k.Word)) is { } known ? new JoinWord(Purposes.First(p => p.Id == known.PurposeId), known.Word, known.Language) : null;
    }

    /// <returns>A word by which the purpose is joined, in the person's language where there is one; null where it has none.</returns>
    public string? WordFor(Purpose purpose, string? language) =>
        Keywords.FirstOrDefault(k => k.PurposeId == purpose.Id && k.Language is not null && k.Language == language)?.Word
        ?? purpose.JoinKeyword ?? Keywords.FirstOrDefault(k => k.PurposeId == purpose.Id)?.Word;

    /// <returns>In the person's language, else English, else whatever there is; null where a purpose has no wording.</returns>
    public Wording? WordingOf(PurposeId purpose, string? language) =>
        Wordings.Where(w => w.PurposeId == purpose).OrderBy(w => w.Language == language ? 0 : w.Language == "en" ? 1 : 2).FirstOrDefault();

    private static bool IsSame(FoldedText word, string keyword) => FoldedText.Of(keyword).Joined.SequenceEqual(word.Joined);
}
