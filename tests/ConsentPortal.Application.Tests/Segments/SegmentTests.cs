using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class SegmentTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_changed_rule_becomes_a_version_and_the_old_one_stays()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["US", "CA"]), SeenVersion: 1));

        var segment = (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, id, default)).Value;

        Assert.Equal(2, segment.Version);
        Assert.Equal(["People who have a number of US or CA.", "People who have a number of US."], segment.History.Select(h => h.Sentence));
        Assert.Single(await _portal.AuditAsync("segment.added"));
        Assert.Single(await _portal.AuditAsync("segment.changed"));
    }

    [Fact]
    public async Task The_same_rule_again_makes_no_version()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["US"]), SeenVersion: 1));

        Assert.Equal(1, (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, id, default)).Value.Version);
    }

    [Fact]
    public async Task An_editor_who_saw_an_older_version_is_told_so()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["CA"]), SeenVersion: 1));

        Assert.IsType<ChangedMeanwhile>((await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["DE"]), SeenVersion: 1))).Failure);
    }

    [Fact]
    public async Task Names_are_unique_and_rules_point_to_what_exists()
    {
        await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])));

        Assert.IsType<FieldRefused>((await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Gone", new ConsentIs(PurposeId.New(_portal.Now), ConsentStatus.Granted)))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Gone", new FlagAttribute(7, true)))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Empty", new AllOf([])))).Failure);
    }

    [Fact]
    public async Task Reachable_are_those_who_agreed_and_did_not_stop()
    {
        var agreed = await _portal.AddPersonAsync();
        var stopped = await _portal.AddPersonAsync("+12125552369");
        await _portal.AddPersonAsync("+12125552370");
        await _portal.ConsentAsync(agreed);
        await _portal.ConsentAsync(stopped);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, stopped, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

        var figures = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), _portal.Offers.Id, default)).Value;

        Assert.Equal((3, 1, 3), (figures.People, figures.Reachable, figures.Sample.Count));
        Assert.All(figures.Sample, p => Assert.Contains("•••", p.MaskedPhone));
    }

    [Fact]
    public async Task An_archived_segment_leaves_the_list_and_can_not_be_edited()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;

        Assert.True((await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, id, default)).IsSuccess);

        Assert.Empty(await _portal.Get<SegmentList>().AllAsync(_portal.Staff, withArchived: false, default));
        Assert.IsType<SegmentNotFound>((await SaveAsync(new SegmentEdit(id, "Again", new NumberCountryIs(["US"]), SeenVersion: 1))).Failure);
    }

    [Fact]
    public async Task Each_use_case_asks_for_its_permission()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveSegment>().ExecuteAsync(Actor.Nobody, new SegmentEdit(null, "Any", new Added(true, 1)), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ArchiveSegment>().ExecuteAsync(Actor.Nobody, SegmentId.New(_portal.Now), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentCount>().GetAsync(Actor.Nobody, new Added(true, 1), null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentList>().AllAsync(Actor.Nobody, false, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentDetail>().GetAsync(Actor.Nobody, SegmentId.New(_portal.Now), default));
    }

    private Task<Domain.Result<SegmentId>> SaveAsync(SegmentEdit edit) => _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, edit, default);
}
