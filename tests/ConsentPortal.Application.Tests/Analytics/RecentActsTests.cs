using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Analytics;

public sealed class RecentActsTests
{
    [Fact]
    public async Task What_people_did_is_found_behind_all_that_jobs_wrote_since_and_without_reading_the_whole_trail()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, person, "Called back", default);
        await portal.Get<OpenSubscriber>().ExecuteAsync(portal.Staff, person, default);
        var job = Actor.Job("dispatcher");
        await portal.Database.WriteAsync(
            db =>
            {
                // Stands beside what somebody did: the texts that a withdrawal ended.
                db.Audit(portal.Staff, portal.Now, new AuditFact("texts.skipped", "texts", "1"));
                for (var i = 0; i < 2_100; i++)
                    db.Audit(job, portal.Now, new AuditFact("text.sent", "message", "1"));
                return Task.CompletedTask;
            },
            default);
        using var plans = new QueryPlans(portal);

        var recent = (await new Dashboard(portal.Database, portal.Clock).GetAsync(portal.Staff, default)).Recent!;

        Assert.Equal(["number.revealed", "subscriber.added"], recent.Select(r => r.Action));
        Assert.All(recent, r => Assert.Equal("Carla Mendes", r.Who));
        Assert.DoesNotContain(await plans.ReadWholeAsync(), read => read.Table == "AuditEntries" && !read.Sql.Contains("LIMIT", StringComparison.Ordinal));
    }
}
