using System.Text.Json.Nodes;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <param name="Country">ISO 3166; null where none is recorded.</param>
/// <param name="Chosen">Null while the country decides.</param>
/// <param name="OfCountry">What the country's printers hold.</param>
public sealed record PaperChoice(string Organisation, string? Country, ReportPaper? Chosen, ReportPaper OfCountry)
{
    public ReportPaper InForce => Chosen ?? OfCountry;
}

/// <summary>The paper that the organisation's reports are laid out for, unless whoever makes one asks for another.</summary>
public sealed class OrganisationPaper(PortalDatabase database, TimeProvider clock)
{
    public async Task<PaperChoice> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        await using var db = database.Open();
        var (name, country) = (await ReportTrail.OrganisationAsync(db, cancellationToken), await ReportTrail.CountryAsync(db, cancellationToken));
        return new PaperChoice(name, country, ReportPapers.Read((string?)(await ReadAsync(db, cancellationToken)).Json[ReportPapers.Setting]), ReportPapers.OfCountry(country));
    }

    /// <summary>The paper in force, for whoever makes a report.</summary>
    public async Task<ReportPaper> InForceAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = database.Open();
        return await ReportTrail.PaperAsync(db, cancellationToken);
    }

    /// <param name="paper">Null to let the country decide.</param>
    public async Task<Result<Done>> ChangeAsync(Actor actor, ReportPaper? paper, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        if (paper is { } wished && !Enum.IsDefined(wished))
            return new NoSuchPaper();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var (setting, json) = await ReadAsync(db, cancellationToken);
                var before = (string?)json[ReportPapers.Setting];
                json.Remove(ReportPapers.Setting);
                if (paper is { } chosen)
                    json[ReportPapers.Setting] = chosen.Name();
                if (setting is null)
                    db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = json.ToJsonString() });
                else
                    setting.Json = json.ToJsonString();
                db.Audit(actor, now, new AuditFact(
                    "report.paperChanged", "setting", PortalSetting.Organisation, Before: new Dictionary<string, object?> { ["paper"] = before }, After: new Dictionary<string, object?> { ["paper"] = paper?.Name() }));
                return Done.Value;
            },
            cancellationToken);
    }

    private static async Task<(PortalSetting? Setting, JsonObject Json)> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var setting = await db.PortalSettings.FirstOrDefaultAsync(s => s.Name == PortalSetting.Organisation, cancellationToken);
        return (setting, setting is null ? [] : JsonNode.Parse(setting.Json)!.AsObject());
    }
}

public sealed record NoSuchPaper() : Failure("Reports are laid out for A4 or Letter. Nothing was changed; choose one of them.");
