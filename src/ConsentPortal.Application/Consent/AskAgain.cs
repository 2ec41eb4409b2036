using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>Makes a segment of exactly those who agreed under earlier words of a purpose, to ask them again.</summary>
public sealed class AskAgain(PortalDatabase database, PurposeDetail purposes, SaveSegment save, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <returns>The segment; one that asks for the same people already is used again.</returns>
    public async Task<Result<SegmentId>> ExecuteAsync(Actor actor, PurposeId id, string language, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSegments);
        if (!(await purposes.GetAsync(actor, id, cancellationToken)).TryGet(out var details, out var missing))
            return missing;
        if (details.Earlier.FirstOrDefault(e => e.Language == language) is not { } earlier)
            return new NobodyToAskAgain();
        var rule = new AllOf([new ConsentedUnder(id, language, earlier.Before)]);
        if (await KnownAsync(rule, cancellationToken) is { } known)
            return known;
        var ending = $": agreed before version {earlier.Before} ({language})";
        var name = details.Purpose.Name[..Math.Min(details.Purpose.Name.Length, LongestName - 20 - ending.Length)] + ending;
        var saved = await save.ExecuteAsync(actor, new SegmentEdit(null, name, rule), cancellationToken);
        // A segment of that name asks for others by now, or was archived.
        return saved.Failure is FieldRefused ? await save.ExecuteAsync(actor, new SegmentEdit(null, $"{name}, {clock.GetUtcNow():yyyy-MM-dd HH:mm}", rule), cancellationToken) : saved;
    }

    private async Task<SegmentId?> KnownAsync(SegmentRule rule, CancellationToken cancellationToken)
    {
        var json = SegmentRuleJson.Write(rule);
        await using var db = database.Open();
        return await (
            from segment in db.Segments.AsNoTracking()
            join version in db.SegmentVersions on new { segment.Id, Version = segment.CurrentVersion } equals new { Id = version.SegmentId, version.Version }
            where segment.ArchivedAt == null && version.RuleJson == json
            orderby segment.Name
            select (SegmentId?)segment.Id).FirstOrDefaultAsync(cancellationToken);
    }
}

public sealed record NobodyToAskAgain() : Failure("Everybody agreed under the words that are shown now, so there is nobody to ask again.");
