using System.Data.Common;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>Starts that die while they make the demo data, one after the other and each after another number of commits.</summary>
public sealed class UnfinishedDemoTests(ITestOutputHelper output) : IDisposable
{
    private const int People = 300;
    private const int MostStarts = 120;

    private readonly string _whole = Directory.CreateTempSubdirectory("demo").FullName;
    private readonly string _cut = Directory.CreateTempSubdirectory("demo").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_whole, recursive: true);
        Directory.Delete(_cut, recursive: true);
    }

    [Fact]
    public async Task Demo_data_that_one_start_did_not_finish_are_gone_on_with_by_the_next()
    {
        Assert.Equal(People, await StartAsync(_whole, new Death(int.MaxValue)));
        var starts = 0;
        int? made = null;
        while (made is null)
        {
            // Fewer than the steps that only look take, now and then, and never so few that no start could come further.
            made = await StartAsync(_cut, new Death(3 + (starts * 5 % 29)));
            Assert.InRange(++starts, 1, MostStarts);
        }

        output.WriteLine($"{starts} starts");
        Assert.True(starts > 10);
        Assert.Equal(People, made);
        Assert.Equal(await FiguresAsync(_whole), await FiguresAsync(_cut));
        var (requests, ofCut) = (await RequestsAsync(_whole), await RequestsAsync(_cut));
        foreach (var (request, count) in requests)
            Assert.True(ofCut.GetValueOrDefault(request) >= count, $"{request}: {ofCut.GetValueOrDefault(request)} of {count}");
        Assert.Equal(0, await StartAsync(_cut, new Death(int.MaxValue)));
        Assert.Empty(await ProblemsAsync(_whole));
        Assert.Empty(await ProblemsAsync(_cut));
    }

    [Fact]
    public async Task A_portal_that_somebody_works_in_gets_no_demo_data()
    {
        await using (var app = Build(_whole, new Death(int.MaxValue)))
        {
            await PrepareAsync(app.Services);
            await app.Services.GetRequiredService<DemoPurposes>().AddAsync(DateTimeOffset.UtcNow, default);
            Assert.Equal(0, await app.Services.GetRequiredService<DemoPortal>().EnsureAsync(People, _ => { }, default));
        }

        Assert.Equal(0, await StartAsync(_whole, new Death(int.MaxValue)));
    }

    /// <returns>Null when the process died before everything was there.</returns>
    private static async Task<int?> StartAsync(string folder, Death death)
    {
        await using var app = Build(folder, death);
        await PrepareAsync(app.Services);
        death.Begins();
        try
        {
            return await app.Services.GetRequiredService<DemoPortal>().EnsureAsync(People, _ => { }, default);
        }
        catch (Exception problem) when (death.HasCome && problem is not Xunit.Sdk.XunitException)
        {
            return null;
        }
    }

    private static async Task PrepareAsync(IServiceProvider services)
    {
        await services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        await services.GetRequiredService<ShippedRoles>().EnsureAsync(default);
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Build(string folder, Death death)
    {
        var builder = PortalHost.CreateBuilder(["--Data:Folder", folder, "--environment", "Testing", "--Logging:LogLevel:Default", "None"]);
        builder.Services.AddPortal(builder.Configuration, builder.Environment).ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(death));
        return builder.Build();
    }

    private static async Task<string> FiguresAsync(string folder)
    {
        await using var app = Build(folder, new Death(int.MaxValue));
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
        List<string> lines =
        [
            // Not what belongs to people: an erasure that was cut short is made again, with somebody else.
            $"{await db.Subscribers.CountAsync()} people, {await db.Purposes.CountAsync()} purposes, {await db.InboundMessages.CountAsync()} texts from handsets, {await db.SendingLimits.CountAsync()} limits",
            $"{await db.EvidenceRooms.CountAsync()} rooms, {await db.EvidenceQuestions.CountAsync()} questions, {await db.EvidenceComments.CountAsync()} comments, {await db.ReportSchedules.CountAsync()} schedules",
            .. await db.Campaigns.OrderBy(c => c.Name).Select(c => c.Name + " " + c.Status).ToListAsync(),
            .. await db.Segments.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(),
            .. await db.TextTemplateVersions.OrderBy(v => v.State).Select(v => "Template " + v.State).ToListAsync(),
            .. await db.KeptReports.OrderBy(r => r.Kind).Select(r => r.Kind).ToListAsync(),
            .. await db.Breaches.OrderBy(b => b.Title).Select(b => b.Title + (b.ClosedAt == null ? "" : ", closed")).ToListAsync(),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>What a verification of log and send ledger finds, once the first real text has begun the naming of texts.</summary>
    private static async Task<IReadOnlyList<BundleProblem>> ProblemsAsync(string folder)
    {
        await using var app = Build(folder, new Death(int.MaxValue));
        await app.Services.GetRequiredService<PortalDatabase>().WriteAsync(
            async db =>
            {
                var trail = new TextTrail("texts.decided");
                trail.Says(await db.OutboundMessages.Where(m => m.State == MessageState.Skipped).MaxAsync(m => m.Id), MessageState.Skipped);
                trail.WriteTo(db, Actor.Job("dispatcher"), DateTimeOffset.UtcNow);
            },
            default);
        return (await app.Services.GetRequiredService<AuditLog>().VerifyAsync(Actor.Job("audit-verifier"), default)).Problems;
    }

    private static async Task<Dictionary<string, int>> RequestsAsync(string folder)
    {
        await using var app = Build(folder, new Death(int.MaxValue));
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
        return (await db.PrivacyRequests.Select(r => new { r.Kind, r.Status }).ToListAsync()).CountBy(r => $"{r.Kind} {r.Status}").ToDictionary();
    }

    /// <summary>After so many commits nothing more of the process reaches the database, as after a kill.</summary>
    private sealed class Death(int commits) : DbTransactionInterceptor
    {
        private int _left = int.MaxValue;

        public bool HasCome => _left <= 0;

        public void Begins() => _left = commits;

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
            HasCome ? throw new InvalidOperationException("The process is dead.") : ValueTask.FromResult(result);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            --_left == 0 ? throw new InvalidOperationException("The process dies.") : Task.CompletedTask;
    }
}
