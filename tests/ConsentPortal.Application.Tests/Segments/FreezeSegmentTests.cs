using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;

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

    private Task<Result<SegmentId>> FreezeAsync(SegmentRule rule) => _portal.Get<FreezeSegment>().ExecuteAsync(_portal.Staff, rule, "Frozen", default);

    private Task<Result<SegmentId>> SaveAsync(SegmentRule rule, string name = "With a list") =>
        _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, name, rule), default);

    private async Task<int> CountAsync(SegmentRule rule) => (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, rule, null, default)).Value.People;
}
