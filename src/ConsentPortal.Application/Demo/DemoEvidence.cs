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
    private const string Quality = "data-quality";
    private const string Requests = "request-register";

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var (officer, auditor) = (await FindAsync(OfficerEmail, cancellationToken), await FindAsync(AuditorEmail, cancellationToken));
        await VisitedAsync(officer, auditor, cancellationToken);
        await using var db = database.Open();
        if (!await db.KeptReports.AnyAsync(r => r.Kind == Quality, cancellationToken))
            Sure(await Get<KeepReport>().ExecuteAsync(officer, new ReportWish(Quality, new ReportFilter(Zone: "America/New_York")), ReportFormats.All, cancellationToken));
        await ScheduledAsync(officer, cancellationToken);
    }

    /// <summary>A schedule with the report of its last turn, which waits for the officer to read it.</summary>
    private async Task ScheduledAsync(Actor officer, CancellationToken cancellationToken)
    {
        var times = new ReportTimes(ReportRhythm.Weekly, 6, "America/New_York");
        await using var db = database.Open();
        var there = await db.ReportSchedules.Where(r => r.Kind == Requests).Select(r => r.Id).ToListAsync(cancellationToken);
        var schedule = there is [var known] ? known : Sure(await Get<ReportSchedules>().AddAsync(
            officer, new NewReportSchedule("Requests and deadlines", Requests, null, ReportFormats.All, times, [new Recipient(RecipientKind.Person, Guid.Parse(officer.Id))]), cancellationToken));
        if (await db.KeptReports.AnyAsync(r => r.Kind == Requests, cancellationToken))
            return;
        var turn = new ScheduledTurn(schedule, times.NextAfter(clock.GetUtcNow()).AddDays(-7));
        var (from, to) = times.DaysBefore(turn.For);
        Sure(await Get<KeepReport>().KeepAsync(
            Actor.Job("report-schedules") with { Name = "Schedule \"Requests and deadlines\"" }, new ReportWish(Requests, new ReportFilter(from, to, Zone: "America/New_York")), ReportFormats.All, turn, cancellationToken));
    }

    private async Task VisitedAsync(Actor officer, Actor auditor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var db = database.Open();
        var rooms = await db.EvidenceRooms.Select(r => r.Id).ToListAsync(cancellationToken);
        var room = rooms is [var open] ? open : Sure(await Get<EvidenceRooms>().OpenAsync(
            officer, new NewEvidenceRoom("Yearly audit of consents", Guid.Parse(auditor.Id), null, now.AddDays(14), today.AddDays(-180), today, null), cancellationToken));
        var questions = await db.EvidenceQuestions.Where(q => q.RoomId == room).Select(q => q.Id).ToListAsync(cancellationToken);
        var question = questions is [var asked] ? asked : Sure(await Get<VisitEvidenceRoom>().AskAsync(
            auditor, room, new NewEvidenceQuestion("Twenty random opt-ins with proof", EvidenceKind.Consents, "audit 2026", 20), cancellationToken));
        (Actor Who, NewEvidenceComment Words)[] talk =
        [
            (auditor, new NewEvidenceComment("Three of these came from the counter. Where is what people signed there kept?", question)),
            (officer, new NewEvidenceComment("With each of them, as a scan: open the record, its hash stands under the proof.", question)),
            (auditor, new NewEvidenceComment("Thank you. How long are the scans kept after a person has opted out?")),
        ];
        foreach (var (who, words) in talk.Skip(await db.EvidenceComments.CountAsync(c => c.RoomId == room, cancellationToken)))
            Sure(await Get<EvidenceComments>().AddAsync(who, room, words, cancellationToken));
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private async Task<Actor> FindAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(cancellationToken);
        return await staff.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"{email} has no role.");
    }

    private static T Sure<T>(Result<T> outcome) => outcome.IsSuccess ? outcome.Value : throw new InvalidOperationException(outcome.Failure.Message);
}
