using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>One name alone names a person in what is theirs, and somebody else everywhere else.</summary>
public sealed class SingleNameTests
{
    [Theory]
    [InlineData("Ms Okafor called", true)]
    [InlineData("OKAFOR called", true)]
    [InlineData("Okafors' shop", false)]
    [InlineData("the okafor rule", false)]
    [InlineData("Ada called", false)]
    [InlineData("Called by Okafor.", true)]
    public void A_name_alone_names_the_person_in_a_reason_as_names_are_written(string reason, bool isNamed) =>
        Assert.Equal(isNamed, PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", null)).IsNamedIn(reason));

    [Theory]
    [InlineData(null, "Okafor")]
    [InlineData("Okafor", null)]
    public void Somebody_of_whom_one_name_is_known_is_searched_for_by_it(string? first, string? last)
    {
        var traces = PersonTraces.Of("+12125552368", new SubscriberProfile(first, last, null));

        Assert.Equal(["Okafor"], traces.SingleNames);
        Assert.True(traces.HasSingleName("said okafor, too"));
        Assert.False(traces.HasSingleName("Okafornia"));
    }

    [Fact]
    public async Task A_name_alone_is_found_in_the_persons_rows_and_nowhere_else_and_the_certificate_tells()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync(first: "", last: "Okafor");
        var other = await portal.AddPersonAsync("+12125552399", first: "Ben", last: "Lee");
        await portal.Database.WriteAsync(
            db =>
            {
                db.Audit(desk.First, portal.Now, new AuditFact("number.revealed", "subscriber", person.ToString(), person, "Called Okafor back"));
                db.Audit(desk.First, portal.Now, new AuditFact("number.revealed", "subscriber", other.ToString(), other, "A friend of Okafor"));
                return Task.CompletedTask;
            },
            default);
        Assert.Null((await portal.Get<BackupLife>().ChangeAsync(desk.First, 30, "Told by the host", default)).Failure);
        var key = await SubjectKeyNameAsync(portal, person);
        var id = await desk.ApprovedErasureAsync(person);

        var report = (await desk.EraseAsync(id)).Value;

        Assert.True(report.IsClean);
        Assert.Equal([new RescanFinding("AuditEntries.Leaf", 1)], report.ToLookAt);
        Assert.Equal(PrivacyRequestStatus.Replying, (await desk.FindAsync(id)).Status);
        await using var db = portal.Database.Open();
        Assert.Contains(await db.PrivacyRequestEntries.Select(e => e.Text).ToListAsync(), text => text.StartsWith("To look at", StringComparison.Ordinal));
        var certificate = PdfText.Of((await portal.Get<MakeErasureCertificate>().ExecuteAsync(desk.First, id, default)).Value.Bytes).Replace('\u00A0', ' ');
        Assert.Contains("To look at", certificate, StringComparison.Ordinal);
        Assert.Contains(key, certificate, StringComparison.Ordinal);
        Assert.Contains("24 Dec 2026", certificate, StringComparison.Ordinal);
        Assert.Contains("24 Nov 2032", certificate, StringComparison.Ordinal);
        Assert.Contains("No end is set", certificate, StringComparison.Ordinal);
        Assert.DoesNotContain("Okafor", certificate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_live_for_days_that_can_be_said_and_the_trail_keeps_who_said_so()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var life = portal.Get<BackupLife>();

        Assert.IsType<ReasonNeeded>((await life.ChangeAsync(portal.Staff, 30, " ", default)).Failure);
        Assert.IsType<BackupDaysImpossible>((await life.ChangeAsync(portal.Staff, 0, "Told by the host", default)).Failure);
        Assert.Null((await life.ChangeAsync(portal.Staff, 30, "Told by the host", default)).Failure);
        Assert.Equal(30, (await portal.Get<RetentionOverview>().GetAsync(portal.Staff, default)).BackupDays);
        Assert.Null((await life.ChangeAsync(portal.Staff, null, "Nobody knows", default)).Failure);
        Assert.Null((await portal.Get<RetentionOverview>().GetAsync(portal.Staff, default)).BackupDays);
        Assert.Equal(2, (await portal.AuditAsync("retention.backupsChanged")).Count);
    }

    private static async Task<string> SubjectKeyNameAsync(PeoplePortal portal, Domain.Subscribers.SubscriberId person)
    {
        await using var db = portal.Database.Open();
        return Application.Database.Encryption.SubjectKeys.NameOf((await db.Subscribers.SingleAsync(s => s.Id == person)).WrappedKey!);
    }
}
