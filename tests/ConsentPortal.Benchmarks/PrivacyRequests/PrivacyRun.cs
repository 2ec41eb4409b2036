using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Benchmarks.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.PrivacyRequests;

/// <summary>
/// Packs the data of somebody with thousands of texts and erases them, among so many people who were imported. The floor of the
/// search: reading every file below the data folder and nothing else.
/// </summary>
internal static class PrivacyRun
{
    private const int Texts = 5_000;
    private const int Runs = 3;

    /// <param name="kept">A folder that is filled when it is empty and stays; null for one of its own.</param>
    public static async Task RunAsync(int people, string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("privacy-run") : Directory.CreateDirectory(kept);
        try
        {
            await using var app = PortalHost.Build(
                ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error", "--Imports:LargestFile", "1000000000"]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            await FillAsync(app.Services, folder.FullName, people);
            var desk = new Desk(app.Services, await AddStaffAsync(app.Services, "Carla Mendes"), await AddStaffAsync(app.Services, "Ben Oduya"));
            for (var run = 0; run < Runs; run++)
                await MeasureAsync(app.Services, desk, folder.FullName, run);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            if (kept is null)
                folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(IServiceProvider services, string folder, int people)
    {
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        if (!await db.Subscribers.AnyAsync())
            await new SendingScene(services, folder).AddPeopleAsync(people);
        // Its rows are in the portal; a list that lies about is a file that holds everybody.
        File.Delete(Path.Combine(folder, "people.csv"));
    }

    private static async Task MeasureAsync(IServiceProvider services, Desk desk, string folder, int run)
    {
        var person = await AddPersonAsync(services, desk, run);
        var access = await desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var review = await TakeAsync("what it would hold, for its review", () => services.GetRequiredService<OpenPackageReview>().ExecuteAsync(desk.First, access, default));
        Sure(await services.GetRequiredService<ConfirmPackageReview>().ExecuteAsync(desk.First, access, review.Value.CollectedAt, default));
        var package = await TakeAsync($"a package with {Texts:N0} texts", () => services.GetRequiredService<MakeAccessPackage>().ExecuteAsync(desk.First, access, default));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {package.Value.Bytes.Length / 1024:N0} KB"));
        Sure(await services.GetRequiredService<CompleteRequest>().ExecuteAsync(desk.First, access, "Handed over.", default));
        await desk.ReplyAsync(access);
        var erasure = await desk.ReceiveAsync(person, PrivacyRequestKind.Erasure);
        await desk.ApproveAsync(erasure);
        await EraseAsync(services, desk, erasure);
        // The same search by itself, for somebody whom nobody ever heard of.
        var traces = PersonTraces.Of("+4915119999999", new SubscriberProfile("Wilhelmina", "Quastenflosser", null));
        await TakeAsync("the search alone", () => services.GetRequiredService<RescanForSubscriber>().FindAsync(traces, [], default));
        await TakeAsync("its files alone", () => Task.Run(() => FileSearch.Run(folder, Unread(services), new TraceSearch(traces), default)));
        await TakeAsync("reading every file and nothing else", () => ReadAsync(folder));
    }

    /// <summary>Tells the erasure and the search after it apart: the search is what lies between its first command and its last.</summary>
    private static async Task EraseAsync(IServiceProvider services, Desk desk, PrivacyRequestId erasure)
    {
        using var watch = SqlWatch.Begin();
        var start = Stopwatch.GetTimestamp();
        var report = await TakeAsync("an erasure with its search", () => services.GetRequiredService<EraseSubscriber>().ExecuteAsync(desk.Second, erasure, default));
        var (took, commands) = (Stopwatch.GetElapsedTime(start), watch.Commands);
        var (held, letGo) = (commands.Single(c => c.Sql.StartsWith("BEGIN; SELECT", StringComparison.Ordinal)).Ended, commands.Single(c => c.Sql == "ROLLBACK").Ended);
        var searched = Stopwatch.GetElapsedTime(held, letGo);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the erasure {(took - searched).TotalSeconds:F2} s, of it {commands.Sum(c => c.Took.TotalSeconds):F2} s in {commands.Count} commands; the search {searched.TotalSeconds:F2} s"));
        foreach (var (_, slow, sql) in commands.OrderByDescending(c => c.Took).TakeWhile(c => c.Took.TotalMilliseconds >= 20))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {slow.TotalSeconds:F2} s: {sql.ReplaceLineEndings(" ")[..Math.Min(sql.Length, 150)]}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {report.Value.Tables} tables, {report.Value.Values:N0} values, {report.Value.Seams:N0} seams, {report.Value.Files} files, {report.Value.Bytes / 1048576:N0} MB, {report.Value.Findings.Count} findings"));
    }

    private static string[] Unread(IServiceProvider services) => [services.GetRequiredService<PortalFolders>().KeyRing, services.GetRequiredService<PortalFolders>().Lock];

    private static async Task<long> ReadAsync(string folder)
    {
        var (total, block) = (0L, new byte[1 << 20]);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, useAsync: false);
            for (var read = await file.ReadAsync(block); read > 0; read = await file.ReadAsync(block))
                total += read;
        }

        return total;
    }

    private static async Task<SubscriberId> AddPersonAsync(IServiceProvider services, Desk desk, int run)
    {
        var phone = PhoneNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"+491511{DateTime.UtcNow.Ticks / 10_000_000 % 1_000_000:D6}{run}"), null).Value;
        var added = Sure(await services.GetRequiredService<AddSubscriber>().ExecuteAsync(
            desk.First, new NewSubscriber(phone, phone.LineType, new SubscriberProfile("Wilhelmina", "Quastenflosser", null), "Store", "de", "DE"), default));
        var database = services.GetRequiredService<PortalDatabase>();
        await database.WriteAsync(async db => await db.InsertAsync(await TextsAsync(db, services.GetRequiredService<SubjectKeys>(), added), default), default);
        return added;
    }

    private static async Task<IReadOnlyCollection<OutboundMessage>> TextsAsync(PortalDbContext db, SubjectKeys keys, SubscriberId id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var person = await db.Subscribers.SingleAsync(s => s.Id == id);
        var purpose = await db.Purposes.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync();
        using var key = keys.Unwrap(person.WrappedKey!, id);
        return Enumerable.Range(0, Texts).Select(i => new OutboundMessage
        {
            SubscriberId = id, Kind = MessageKind.Campaign, MessageClass = MessageClass.Transactional, PurposeId = purpose, ClientRef = Guid.CreateVersion7(now).ToString("N"),
            PlannedAt = now.AddHours(-i - 2), DueAt = now.AddHours(-i - 2), SentAt = now.AddHours(-i - 2), State = MessageState.Delivered,
            BodySealed = key.Seal(string.Create(CultureInfo.InvariantCulture, $"Aurora: Wilhelmina, order {i} has left our house. Reply STOP to opt out."), SealedField.MessageBody),
        }).ToList();
    }

    private static async Task<Actor> AddStaffAsync(IServiceProvider services, string name)
    {
        var id = Guid.CreateVersion7();
        await services.GetRequiredService<PortalDatabase>().WriteAsync(
            db => Task.FromResult(db.Users.Add(new StaffMember { Id = id, DisplayName = name, Email = $"{id:N}@staff.example", UserName = $"{id:N}@staff.example" })), default);
        return new Actor(ActorKind.Staff, id.ToString(), name, PermissionCatalogue.All.Select(p => p.Permission).ToHashSet(), "Compliance officer");
    }

    private static async Task<T> TakeAsync<T>(string what, Func<Task<T>> work)
    {
        var (processor, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var result = await work();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F2} s of processor), peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));
        return result;
    }

    private static T Sure<T>(Result<T> result) => result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    /// <summary>Two members of staff who work on requests.</summary>
    private sealed record Desk(IServiceProvider Services, Actor First, Actor Second)
    {
        public async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person, PrivacyRequestKind kind)
        {
            var id = Sure(await Services.GetRequiredService<OpenPrivacyRequest>().ExecuteAsync(First, new NewPrivacyRequest(person, kind, null, "Phone", TimeProvider.System.GetUtcNow(), null), default));
            Sure(await Services.GetRequiredService<VerifyRequester>().ExecuteAsync(First, id, VerifyRequester.Ways[0], null, default));
            return id;
        }

        public async Task ReplyAsync(PrivacyRequestId id)
        {
            Sure(await Services.GetRequiredService<WriteLetter>().ExecuteAsync(First, id, LetterKind.Completion, null, default));
            var letter = Sure(await Services.GetRequiredService<PrivacyRequestDetail>().GetAsync(First, id, default)).Letters.Single();
            Sure(await Services.GetRequiredService<MarkLetterSent>().ExecuteAsync(First, letter.Id, DateOnly.FromDateTime(letter.WrittenAt.UtcDateTime), default));
        }

        public async Task ApproveAsync(PrivacyRequestId id)
        {
            Sure(await Services.GetRequiredService<AskForErasureApproval>().ExecuteAsync(First, id, null, default));
            Sure(await Services.GetRequiredService<ApproveErasure>().ExecuteAsync(Second, id, default));
        }
    }
}
