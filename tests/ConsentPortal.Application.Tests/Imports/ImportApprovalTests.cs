using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class ImportApprovalTests
{
    private const string Proven = "+12125552368,US,Ada,yes,2025-11-03T10:15:00Z,web form";

    [Fact]
    public async Task A_list_above_the_limit_is_not_imported_on_one_persons_word()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);

        var result = await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, Request(portal, list), ImportWatch.None, default);

        Assert.IsType<ImportNeedsApproval>(result.Failure);
        await using var db = portal.Database.Open();
        Assert.Empty(await db.Subscribers.ToListAsync());
    }

    [Fact]
    public async Task The_administrator_at_the_machine_needs_nobody()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);

        Assert.True((await portal.Get<ImportSubscribers>().ExecuteAsync(Actor.CommandLine, Request(portal, list), ImportWatch.None, default)).IsSuccess);
    }

    [Fact]
    public async Task Whoever_brought_a_list_cannot_approve_it()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);
        var id = await SubmitAsync(portal, list);

        Assert.IsType<OwnImport>((await portal.Get<DecideImport>().ApproveAsync(portal.Staff, id, default)).Failure);
        Assert.IsType<OwnImport>((await portal.Get<DecideImport>().DeclineAsync(portal.Staff, id, "Not ours at all", default)).Failure);
    }

    [Fact]
    public async Task An_approved_list_runs_once_and_names_both_people()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);
        var id = await SubmitAsync(portal, list);
        var second = await SecondAsync(portal);

        var request = (await portal.Get<DecideImport>().ApproveAsync(second, id, default)).Value;
        var run = await portal.Get<ImportSubscribers>().ExecuteApprovedAsync(second, request, ImportWatch.None, default);
        var again = await portal.Get<ImportSubscribers>().ExecuteApprovedAsync(second, request, ImportWatch.None, default);

        Assert.Equal((id, 1), (run.Value.BatchId, run.Value.Summary.New));
        Assert.IsType<ImportNotWaiting>(again.Failure);
        var line = Assert.Single((await portal.Get<ImportList>().PageAsync(portal.Staff, 0, 10, default)).Imports);
        Assert.Equal(("Carla Mendes", "Ben Ito", ImportState.Finished), (line.StartedBy, line.ApprovedBy, line.State));
        Assert.Single(await portal.AuditAsync("import.approved"));
    }

    [Fact]
    public async Task A_file_that_was_exchanged_after_approval_is_refused()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);
        var id = await SubmitAsync(portal, list);
        var second = await SecondAsync(portal);
        var request = (await portal.Get<DecideImport>().ApproveAsync(second, id, default)).Value;
        await File.AppendAllTextAsync(request.FilePath, "+12125552369,US,Eve,yes,2025-11-03,web form\n");

        var run = await portal.Get<ImportSubscribers>().ExecuteApprovedAsync(second, request, ImportWatch.None, default);

        Assert.IsType<ImportFileChanged>(run.Failure);
    }

    [Fact]
    public async Task A_declined_list_is_deleted_and_never_runs()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);
        var id = await SubmitAsync(portal, list);
        var second = await SecondAsync(portal);

        Assert.True((await portal.Get<DecideImport>().DeclineAsync(second, id, "The source is not known", default)).IsSuccess);

        Assert.Empty(Directory.GetFiles(new PortalFolders(portal.Folder).Uploads));
        Assert.IsType<ImportNotWaiting>((await portal.Get<DecideImport>().ApproveAsync(second, id, default)).Failure);
    }

    [Fact]
    public async Task A_list_that_nobody_looked_at_for_a_week_is_declined_when_the_next_one_comes()
    {
        await using var portal = await OpenAsync();
        using var list = ListFile.Of(Proven);
        using var next = ListFile.Of(Proven);
        var id = await SubmitAsync(portal, list);
        portal.Clock.Advance(SubmitImport.Wait + TimeSpan.FromMinutes(1));

        await SubmitAsync(portal, next);

        Assert.Equal(ImportState.Declined, (await portal.Get<ImportDetail>().GetAsync(portal.Staff, id, default)).Value.State);
        Assert.Single(Directory.GetFiles(new PortalFolders(portal.Folder).Uploads));
    }

    [Fact]
    public async Task A_proposal_tells_how_many_numbers_follow_each_other()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of("+12125552370,US,Ada,yes,2025-11-03,web form", "+12125552368,US,Bo,yes,2025-11-03,web form", "+12125552369,US,Cy,yes,2025-11-03,web form", "+13125552369,US,Di,yes,2025-11-03,web form");
        var longest = 0;

        await portal.Get<ImportSubscribers>().ProposeAsync(portal.Staff, Request(portal, list), new ImportWatch(LongestRun: run => longest = run), default);

        Assert.Equal(3, longest);
    }

    private static async Task<PeoplePortal> OpenAsync()
    {
        var portal = await PeoplePortal.OpenAsync();
        portal.Get<IOptions<ImportOptions>>().Value.ApprovalAbove = 0;
        Directory.CreateDirectory(new PortalFolders(portal.Folder).Uploads);
        return portal;
    }

    private static Task<Actor> SecondAsync(PeoplePortal portal) => portal.AddStaffAsync("Ben Ito", [Permissions.ApproveImports]);

    private static ImportRequest Request(PeoplePortal portal, ListFile list) => list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };

    private static async Task<ImportBatchId> SubmitAsync(PeoplePortal portal, ListFile list)
    {
        var proposal = (await portal.Get<ImportSubscribers>().ProposeAsync(portal.Staff, Request(portal, list), ImportWatch.None, default)).Value;
        return (await portal.Get<SubmitImport>().ExecuteAsync(portal.Staff, Request(portal, list), proposal, default)).Value;
    }
}
