using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>What the public form of a purpose shows.</summary>
/// <param name="Wordings">Those in use, one a language, by language.</param>
public sealed record JoinFormDetails(Purpose Purpose, IReadOnlyList<Wording> Wordings)
{
    /// <returns>The first language that there is a wording in, else English, else whatever there is.</returns>
    public Wording In(IEnumerable<string> languages) =>
        languages.Select(wanted => Wordings.FirstOrDefault(w => w.Language == wanted)).FirstOrDefault(w => w is not null)
        ?? Wordings.FirstOrDefault(w => w.Language == "en") ?? Wordings[0];
}

/// <summary>Finds the purpose behind a form's address. What it says is public: it is made to be shown to strangers.</summary>
public sealed class JoinForm(PortalDatabase database)
{
    /// <param name="name">The purpose's id, or its name in small letters with hyphens.</param>
    /// <returns>Null for a purpose that is unknown, retired or without words.</returns>
    public async Task<JoinFormDetails?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.CreatedAt).ThenBy(p => p.Name).ToListAsync(cancellationToken);
        var purpose = Guid.TryParse(name, out var id) ? purposes.Find(p => p.Id.Value == id) : purposes.Find(p => Slug(p.Name).Equals(name, StringComparison.OrdinalIgnoreCase));
        if (purpose is null)
            return null;
        var wordings = await db.Wordings.AsNoTracking().Where(w => w.PurposeId == purpose.Id && w.RetiredAt == null).OrderBy(w => w.Language).ToListAsync(cancellationToken);
        return wordings.Count == 0 ? null : new JoinFormDetails(purpose, wordings);
    }

    /// <summary>"Store events" becomes store-events.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var letter in LookupHash.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
