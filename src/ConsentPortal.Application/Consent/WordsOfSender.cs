using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Keywords;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>The words in use by which people join the purposes of one sender; each joins one purpose only.</summary>
internal static class WordsOfSender
{
    /// <param name="except">A purpose whose own words don't count.</param>
    /// <returns>The name of the purpose that the word joins, or null. Words that are texted alike are one word.</returns>
    public static async Task<string?> OwnerAsync(PortalDbContext db, string sender, string word, PurposeId? except, CancellationToken cancellationToken)
    {
        var bare = sender.TrimStart('+');
        var purposes = await db.Purposes.AsNoTracking()
            .Where(p => p.RetiredAt == null && (p.Sender == bare || p.Sender == "+" + bare) && (except == null || p.Id != except))
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.Name, p.JoinKeyword }).ToListAsync(cancellationToken);
        var ids = purposes.Select(p => p.Id).ToList();
        var more = await db.PurposeKeywords.AsNoTracking().Where(k => ids.Contains(k.PurposeId) && k.RetiredAt == null)
            .OrderBy(k => k.Id).Select(k => new { k.PurposeId, k.Word }).ToListAsync(cancellationToken);
        return purposes.FirstOrDefault(p => IsSame(p.JoinKeyword) || more.Exists(k => k.PurposeId == p.Id && IsSame(k.Word)))?.Name;

        bool IsSame(string? other) => other is not null && FoldedText.Of(other).Joined.SequenceEqual(FoldedText.Of(word).Joined);
    }

    public static Task<List<string>> OfAsync(PortalDbContext db, PurposeId purpose, CancellationToken cancellationToken) =>
        db.PurposeKeywords.AsNoTracking().Where(k => k.PurposeId == purpose && k.RetiredAt == null).OrderBy(k => k.Id).Select(k => k.Word).ToListAsync(cancellationToken);
}
