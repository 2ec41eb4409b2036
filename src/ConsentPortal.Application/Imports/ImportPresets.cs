using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <param name="Fits">The list at hand has the same columns in the same order as the one that the preset was saved from.</param>
public sealed record PresetChoice(string Name, ColumnMap Map, string? DefaultRegion, bool Fits);

/// <summary>How the columns of lists that come again and again are understood, by name.</summary>
public sealed class ImportPresets(PortalDatabase database, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <returns>Those that fit the headers first, then by name.</returns>
    public async Task<IReadOnlyList<PresetChoice>> ForAsync(Actor actor, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var hash = HashOf(headers);
        await using var db = database.Open();
        var presets = await db.ImportPresets.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return [.. presets.Select(p => new PresetChoice(p.Name, ColumnMap.Parse(p.ColumnMap).Value, p.DefaultRegion, p.HeadersHash == hash)).OrderByDescending(p => p.Fits)];
    }

    /// <summary>Saves under a name; the same name again replaces it.</summary>
    public Task<Result<Done>> SaveAsync(Actor actor, string name, IReadOnlyList<string> headers, ColumnMap map, string? defaultRegion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var (title, now) = (name.Trim(), clock.GetUtcNow());
        if (title.Length is 0 or > LongestName)
            return Task.FromResult<Result<Done>>(new PresetNameNeeded());
        return database.WriteAsync<Result<Done>>(
            async db =>
            {
                var earlier = await db.ImportPresets.AsNoTracking().FirstOrDefaultAsync(p => p.Name == title, cancellationToken);
                await db.ImportPresets.Where(p => p.Name == title).ExecuteDeleteAsync(cancellationToken);
                var preset = new ImportPreset
                {
                    Id = Guid.CreateVersion7(now), Name = title, HeadersHash = HashOf(headers), ColumnMap = map.ToString(),
                    DefaultRegion = string.IsNullOrWhiteSpace(defaultRegion) ? null : defaultRegion.Trim(), SavedAt = now,
                };
                db.ImportPresets.Add(preset);
                db.Audit(actor, now, new AuditFact(
                    "import.preset-saved", "import-preset", title[..Math.Min(title.Length, 64)], Before: earlier is null ? null : Facts(earlier), After: Facts(preset)));
                return Done.Value;
            },
            cancellationToken);
    }

    // What columns are called is the sender's, and can be anything; which of the portal's they fill is not.
    private static Dictionary<string, object?> Facts(ImportPreset preset) => new()
    {
        ["columns"] = ColumnMap.Parse(preset.ColumnMap).Value.Columns.Keys.Order(StringComparer.Ordinal), ["country"] = preset.DefaultRegion, ["headersHash"] = preset.HeadersHash,
    };

    private static string HashOf(IReadOnlyList<string> headers) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', headers.Select(LookupHash.Fold)))));
}

public sealed record PresetNameNeeded() : Failure("Give the preset a name of at most 100 characters, such as the system that the list comes from. Nothing was saved.");
