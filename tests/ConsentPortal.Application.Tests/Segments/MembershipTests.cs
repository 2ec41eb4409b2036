using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class MembershipTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _ada;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _ada = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_ada);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_answer_names_the_condition_that_keeps_the_person_out_and_what_is_known()
    {
        var view = (await ExplainAsync(new AllOf([new ConsentIs(_portal.Offers.Id, ConsentStatus.Granted), new NumberCountryIs(["CA"])]))).Value;

        Assert.False(view.Rule.IsMet);
        Assert.Equal([("agreed to Offers", true, "granted since 24 Nov 2026 (0 days ago)"), ("have a number of CA", false, "a number of US")], view.Rule.Parts.Select(p => (p.Words, p.IsMet, p.Seen!)));
        Assert.Equal("rule.2", Assert.Single(view.Rule.NearMisses).Path);
        Assert.Contains("•••", view.MaskedPhone);
    }

    [Fact]
    public async Task Looking_is_kept_in_the_trail_once_and_asking_again_is_not()
    {
        await ExplainAsync(new NumberCountryIs(["US"]));
        await _portal.Get<Membership>().GetAsync(_portal.Staff, new NumberCountryIs(["CA"]), _ada, default);

        Assert.Single(await _portal.AuditAsync(OpenSubscriber.Viewed));
    }

    [Fact]
    public async Task About_somebody_who_was_erased_nothing_is_said_and_nothing_kept()
    {
        await _portal.EraseAsync(_ada);

        Assert.IsType<NobodyToExplain>((await ExplainAsync(new NoneOf([new NumberCountryIs(["CA"])]))).Failure);
        Assert.Empty(await _portal.AuditAsync(OpenSubscriber.Viewed));
        Assert.Empty(await _portal.Get<Membership>().OfAsync(_portal.Staff, _ada, default));
    }

    [Fact]
    public async Task Every_segment_in_use_says_whether_the_person_belongs()
    {
        await SaveAsync("Americans", new NumberCountryIs(["US"]));
        await SaveAsync("Canadians", new NumberCountryIs(["CA"]));
        await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, await SaveAsync("Old", new NumberCountryIs(["US"])), default);

        var segments = await _portal.Get<Membership>().OfAsync(_portal.Staff, _ada, default);

        Assert.Equal([("Americans", true), ("Canadians", false)], segments.Select(s => (s.Name, s.Rule.IsMet)));
    }

    [Theory]
    [InlineData(Permissions.ViewSegments)]
    [InlineData(Permissions.ViewSubscribers)]
    public async Task Rules_and_people_must_both_be_open_to_the_reader(string alone)
    {
        var reader = await _portal.AddStaffAsync("Reader", [alone]);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExplainMembership>().ExecuteAsync(reader, new NumberCountryIs(["US"]), _ada, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<Membership>().OfAsync(reader, _ada, default));
    }

    private Task<Result<MembershipView>> ExplainAsync(SegmentRule rule) => _portal.Get<ExplainMembership>().ExecuteAsync(_portal.Staff, rule, _ada, default);

    private async Task<SegmentId> SaveAsync(string name, SegmentRule rule) =>
        (await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, name, rule), default)).Value;
}
