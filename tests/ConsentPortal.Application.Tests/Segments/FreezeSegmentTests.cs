using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class FreezeSegmentTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        await _portal.AddPersonAsync("+12125552368");
        await _portal.AddPersonAsync("+14165550123", "CA");
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_list_keeps_whom_the_rule_meant_then_and_nobody_who_came_later()
    {
        var list = (await FreezeAsync(new NumberCountryIs(["US"]))).Value;
        await _portal.AddPersonAsync("+12125552369");

        var segment = (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, list, default)).Value;

        Assert.Equal("People who are on the list \"Frozen\".", segment.Sentence);
        Assert.Equal((1, 2), (await CountAsync(segment.Rule), await CountAsync(new NumberCountryIs(["US"]))));
        Assert.Equal(1, Assert.Single(await _portal.AuditAsync("segment.frozen")).GetProperty("after").GetProperty("people").GetInt32());
    }

    [Fact]
    public async Task Other_rules_take_a_list_in_or_leave_it_out()
    {
        var list = (await FreezeAsync(new NumberCountryIs(["US"]))).Value;

        Assert.Equal(1, await CountAsync(new NoneOf([new OnList(list)])));
        Assert.True((await SaveAsync(new AllOf([new NumberCountryIs(["US", "CA"]), new NoneOf([new OnList(list)])]))).IsSuccess);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new OnList(SegmentId.New(_portal.Now)), "Another")).Failure);
    }

    [Fact]
    public async Task A_list_that_a_rule_names_says_so_and_stays()
    {
        var list = (await FreezeAsync(new NumberCountryIs(["US"]))).Value;
        await SaveAsync(new NoneOf([new OnList(list)]));

        var archived = await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, list, default);

        Assert.Equal("With a list", Assert.IsType<NamedByRule>(archived.Failure).Segment);
        Assert.Equal(["With a list"], (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, list, default)).Value.NamedBy.Select(s => s.Name));
    }

    [Fact]
    public async Task Whoever_is_erased_leaves_the_list()
    {
        var ada = await _portal.AddPersonAsync("+12125552369");
        var list = (await FreezeAsync(new NumberCountryIs(["US"]))).Value;
        await _portal.EraseAsync(ada);

        Assert.Equal(1, await CountAsync(new OnList(list)));
    }

    [Fact]
    public async Task Nobody_makes_no_list_and_a_taken_name_neither()
    {
        Assert.IsType<NobodyToFreeze>((await FreezeAsync(new NumberCountryIs(["DE"]))).Failure);
        await FreezeAsync(new NumberCountryIs(["US"]));

        Assert.IsType<FieldRefused>((await FreezeAsync(new NumberCountryIs(["CA"]))).Failure);
        Assert.Single(await _portal.Get<SegmentList>().AllAsync(_portal.Staff, withArchived: true, default));
    }

    [Fact]
    public async Task Who_only_reads_segments_freezes_none()
    {
        var reader = await _portal.AddStaffAsync("Reader", [Permissions.ViewSegments]);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<FreezeSegment>().ExecuteAsync(reader, new NumberCountryIs(["US"]), "Frozen", default));
    }

    [Fact]
    public async Task A_long_list_is_hidden_until_all_of_its_people_are_written_and_holds_nobody_up_meanwhile()
    {
        await AddAmericansAsync(4);
        var (told, late) = (new List<FreezeProgress>(), new List<SubscriberId>());

        var list = (await Small().ExecuteAsync(_portal.Staff, new NumberCountryIs(["US"]), "Frozen", progress =>
        {
            told.Add(progress);
            // Nobody of these is on it: they came after it was begun.
            late.Add(_portal.AddPersonAsync($"+1212555{4000 + told.Count}").GetAwaiter().GetResult());
            AssertHiddenAsync().GetAwaiter().GetResult();
        }, default)).Value;

        Assert.Equal([(0, 5), (2, 5), (4, 5), (5, 5)], told.Select(p => (p.Done, p.Total)));
        Assert.Equal((5, 9), (await CountAsync(new OnList(list)), await CountAsync(new NumberCountryIs(["US"]))));
        Assert.Equal((list, 1, false), (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, list, default)).Value switch { var s => (s.Id, s.Version, s.IsArchived) });
        Assert.Equal(
            [("segment.freezeBegun", 5), ("segment.frozen", 5)],
            new[] { "segment.freezeBegun", "segment.frozen" }.Select(action => (action, Assert.Single(_portal.AuditAsync(action).GetAwaiter().GetResult()).GetProperty("after").GetProperty("people").GetInt32())));
        await using var db = _portal.Database.Open();
        Assert.False(await db.Leases.AnyAsync());
    }

    [Fact]
    public async Task A_list_that_is_stopped_half_way_is_taken_away_and_its_name_is_free_again()
    {
        await AddAmericansAsync(4);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Small().ExecuteAsync(_portal.Staff, new NumberCountryIs(["US"]), "Frozen", progress =>
        {
            if (progress.Done == 4)
                stop.Cancel();
        }, stop.Token));

        Assert.Equal((0, 0, 0), await LeftAsync());
        var told = Assert.Single(await _portal.AuditAsync("segment.freezeStopped"));
        Assert.Equal(("It was stopped before all people were written.", 4), (told.GetProperty("reason").GetString(), told.GetProperty("before").GetProperty("people").GetInt32()));
        Assert.Empty(await _portal.AuditAsync("segment.frozen"));
        Assert.True((await FreezeAsync(new NumberCountryIs(["US"]))).IsSuccess);
    }

    [Fact]
    public async Task A_list_whose_process_has_died_is_taken_away_when_its_lease_is_over_and_a_whole_one_never()
    {
        var whole = (await FreezeAsync(new NumberCountryIs(["CA"]))).Value;
        var half = SegmentId.New(_portal.Now);
        var person = await _portal.AddPersonAsync("+12125552371");
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Segments.Add(new Segment { Id = half, Name = "Half", CreatedAt = _portal.Now, ArchivedAt = _portal.Now });
                db.SegmentMembers.Add(new SegmentMember { SegmentId = half, SubscriberId = person });
                return Task.CompletedTask;
            },
            default);
        Assert.True(await _portal.Get<Leases>().TryHoldAsync(UnfinishedList.LeaseOf(half), WorkLease.Lifetime, default));
        var job = _portal.Get<ClearUnfinishedLists>();

        Assert.Equal((0, 2), (await job.ClearAsync(default), (await LeftAsync()).Segments));
        _portal.Clock.Advance(WorkLease.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (await job.ClearAsync(default), await job.ClearAsync(default)));

        Assert.Equal((1, 1, 0), await LeftAsync());
        Assert.Equal(1, await CountAsync(new OnList(whole)));
        Assert.Equal("unfinished-lists", Assert.Single(await _portal.AuditAsync("segment.freezeStopped")).GetProperty("actor").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Whoever_is_erased_or_merged_while_a_list_is_written_is_not_put_on_it_again()
    {
        var people = await AddAmericansAsync(6);
        var ids = people.Order(Comparer<SubscriberId>.Create((a, b) => a < b ? -1 : a > b ? 1 : 0)).ToList();
        var goesOn = await _portal.AddPersonAsync("+14165550199", "CA");

        var list = (await Small().ExecuteAsync(_portal.Staff, new NumberCountryIs(["US"]), "Frozen", progress =>
        {
            // Who is on it already is merged into somebody whose turn is still to come.
            if (progress.Done == 2)
                MergeAsync(ids[0], ids[^3]).GetAwaiter().GetResult();
            if (progress.Done > 0)
                return;
            _portal.EraseAsync(ids[^1]).GetAwaiter().GetResult();
            MergeAsync(ids[^2], ids[^3]).GetAwaiter().GetResult();
            MergeAsync(ids[^4], goesOn).GetAwaiter().GetResult();
        }, default)).Value;

        await using var db = _portal.Database.Open();
        var there = await db.SegmentMembers.Where(m => m.SegmentId == list).Select(m => m.SubscriberId).ToListAsync();
        Assert.Equal((5, 4), (there.Count, await CountAsync(new OnList(list))));
        Assert.DoesNotContain(there, id => id == ids[^1] || id == ids[^2] || id == ids[^4]);
        Assert.All([ids[^3], goesOn], id => Assert.Contains(id, there));
    }

    [Fact]
    public async Task A_list_that_was_taken_for_dead_writes_nothing_more()
    {
        await AddAmericansAsync(4);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Small().ExecuteAsync(_portal.Staff, new NumberCountryIs(["US"]), "Frozen", progress =>
        {
            if (progress.Done != 2)
                return;
            _portal.Clock.Advance(WorkLease.Lifetime + TimeSpan.FromSeconds(1));
            Assert.Equal(1, _portal.Get<ClearUnfinishedLists>().ClearAsync(default).GetAwaiter().GetResult());
        }, default));

        Assert.Equal((0, 0, 0), await LeftAsync());
        Assert.Empty(await _portal.AuditAsync("segment.frozen"));
    }

    /// <summary>Writes two people at a time.</summary>
    private FreezeSegment Small() => new(_portal.Database, _portal.Get<Leases>(), _portal.Clock) { PeopleAtOnce = 2 };

    private async Task<List<SubscriberId>> AddAmericansAsync(int count)
    {
        var ids = new List<SubscriberId>();
        for (var i = 0; i < count; i++)
            ids.Add(await _portal.AddPersonAsync($"+1212555{3000 + i}"));
        return ids;
    }

    private async Task AssertHiddenAsync()
    {
        await using var db = _portal.Database.Open();
        var id = (await db.Segments.SingleAsync()).Id;
        Assert.Empty(await _portal.Get<SegmentList>().AllAsync(_portal.Staff, withArchived: true, default));
        Assert.IsType<SegmentNotFound>((await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, id, default)).Failure);
        var choices = await _portal.Get<SegmentDetail>().ChoicesAsync(_portal.Staff, default);
        Assert.Equal((0, 0, 0), (choices.Lists.Count, choices.Segments.Count, choices.Archived.Count));
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new NoneOf([new OnList(id)]))).Failure);
        Assert.IsType<SegmentNotFound>((await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(id, "Taken over", new NumberCountryIs(["US"])), default)).Failure);
        Assert.IsType<SegmentNotFound>((await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, id, default)).Failure);
        Assert.IsType<FieldRefused>((await FreezeAsync(new NumberCountryIs(["CA"]))).Failure);
    }

    private async Task<(int Segments, int Members, int Leases)> LeftAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.Segments.CountAsync(), await db.SegmentMembers.CountAsync(), await db.Leases.CountAsync(l => l.Until >= _portal.Now));
    }

    private Task MergeAsync(SubscriberId closed, SubscriberId into) => _portal.Database.WriteAsync(
        async db =>
        {
            (await db.Subscribers.FindAsync(closed))!.MergedIntoId = into;
            if (await db.SegmentMembers.AnyAsync(m => m.SubscriberId == closed) && !await db.SegmentMembers.AnyAsync(m => m.SubscriberId == into))
                db.SegmentMembers.Add(new SegmentMember { SegmentId = (await db.SegmentMembers.FirstAsync(m => m.SubscriberId == closed)).SegmentId, SubscriberId = into });
        },
        default);

    private Task<Result<SegmentId>> FreezeAsync(SegmentRule rule) => _portal.Get<FreezeSegment>().ExecuteAsync(_portal.Staff, rule, "Frozen", default);

    private Task<Result<SegmentId>> SaveAsync(SegmentRule rule, string name = "With a list") =>
        _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, name, rule), default);

    private async Task<int> CountAsync(SegmentRule rule) => (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, rule, null, default)).Value.People;
}
