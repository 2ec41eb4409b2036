using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Demo;

/// <summary>An auditor at work: a room that is open, a question in it, reports that are kept, and one that is made every week.</summary>
public sealed class DemoEvidence(PortalDatabase database, StaffActors staff, IServiceProvider services, TimeProvider clock)
{
    private const string OfficerEmail = "compliance@demo.example";
    private const string AuditorEmail = "auditor@demo.example";

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var (officer, auditor) = (await FindAsync(OfficerEmail, cancellationToken), await FindAsync(AuditorEmail, cancellationToken));
        await VisitedAsync(officer, auditor, cancellationToken);
        var keep = Get<KeepReport>();
        Sure(await keep.ExecuteAsync(officer, new ReportWish("data-quality", new ReportFilter(Zone: "America/New_York")), ReportFormats.All, cancellationToken));
        await ScheduledAsync(officer, cancellationToken);
    }

    /// <summary>A schedule with the report of its last turn, which waits for the officer to read it.</summary>
    private async Task ScheduledAsync(Actor officer, CancellationToken cancellationToken)
    {
        var times = new ReportTimes(ReportRhythm.Weekly, 6, "America/New_York");
        var schedule = await Get<ReportSchedules>().AddAsync(
            officer, new NewReportSchedule("Requests and deadlines", "request-register", null, ReportFormats.All, times, [new Recipient(RecipientKind.Person, Guid.Parse(officer.Id))]), cancellationToken);
        Sure(schedule);
        var turn = new ScheduledTurn(schedule.Value, times.NextAfter(clock.GetUtcNow()).AddDays(-7));
        var (from, to) = times.DaysBefore(turn.For);
        Sure(await Get<KeepReport>().KeepAsync(
            Actor.Job("report-schedules") with { Name = "Schedule \"Requests and deadlines\"" }, new ReportWish("request-register", new ReportFilter(from, to, Zone: "America/New_York")), ReportFormats.All, turn, cancellationToken));
    }

    private async Task VisitedAsync(Actor officer, Actor auditor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var room = await Get<EvidenceRooms>().OpenAsync(officer, new NewEvidenceRoom("Yearly audit of consents", Guid.Parse(auditor.Id), null, now.AddDays(14), today.AddDays(-180), today, null), cancellationToken);
        Sure(room);
        var question = await Get<VisitEvidenceRoom>().AskAsync(auditor, room.Value, new NewEvidenceQuestion("Twenty random opt-ins with proof", EvidenceKind.Consents, "audit 2026", 20), cancellationToken);
        Sure(question);
        var talk = Get<EvidenceComments>();
        Sure(await talk.AddAsync(auditor, room.Value, new NewEvidenceComment("Three of these came from the counter. Where is what people signed there kept?", question.Value), cancellationToken));
        Sure(await talk.AddAsync(officer, room.Value, new NewEvidenceComment("With each of them, as a scan: open the record, its hash stands under the proof.", question.Value), cancellationToken));
        Sure(await talk.AddAsync(auditor, room.Value, new NewEvidenceComment("Thank you. How long are the scans kept after a person has opted out?"), cancellationToken));
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private async Task<Actor> FindAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(cancellationToken);
        return await staff.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"{email} has no role.");
    }

    private static void Sure<T>(Result<T> outcome)
    {
        if (!outcome.IsSuccess)
            throw new InvalidOperationException(outcome.Failure.Message);
    }
}
