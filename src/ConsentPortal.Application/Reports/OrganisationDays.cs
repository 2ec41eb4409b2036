using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports;

/// <summary>The organisation's own calendar: its days begin at midnight of its zone, by which people and courts count.</summary>
public sealed class OrganisationDays
{
    private readonly TimeZoneInfo _zone;

    internal OrganisationDays(string zone) => _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    /// <returns>The first instant of the day (UTC).</returns>
    public DateTimeOffset BeginningOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (_zone.IsInvalidTime(local))
            local = local.AddMinutes(30);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <returns>The last second of the day (UTC): what is due on it may be done until then.</returns>
    public DateTimeOffset EndOf(DateOnly day) => BeginningOf(day.AddDays(1)).AddSeconds(-1);

    internal static async Task<OrganisationDays> OfAsync(PortalDbContext db, CancellationToken cancellationToken) => new(await ReportTrail.ZoneAsync(db, cancellationToken));
}

/// <summary>Hands out <see cref="OrganisationDays"/> as the settings have them now.</summary>
public sealed class OrganisationCalendar(PortalDatabase database)
{
    public async Task<OrganisationDays> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        return await OrganisationDays.OfAsync(db, cancellationToken);
    }
}
