using ConsentPortal.Application.Database;

namespace ConsentPortal.Application.Reports;

/// <summary>The name under which the organisation is known outside: on reports and on the pages for subscribers.</summary>
public sealed class OrganisationName(PortalDatabase database)
{
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await ReportTrail.OrganisationAsync(db, cancellationToken);
    }
}
