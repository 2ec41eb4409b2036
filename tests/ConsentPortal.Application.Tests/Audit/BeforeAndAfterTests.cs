using System.Text.Json;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Audit;

/// <summary>An entry about something that was there already says what it was.</summary>
public sealed class BeforeAndAfterTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_suspension_and_its_end_say_since_when_somebody_was_suspended()
    {
        var person = Guid.Parse((await _portal.AddStaffAsync("Dana Kern", [])).Id);
        var staff = new ChangeStaff(_portal.Database, new StaffActors(_portal.Database, _portal.Clock), _portal.Clock);

        await staff.SuspendAsync(_portal.Staff, person, isSuspended: true, "Left the company", default);
        await staff.SuspendAsync(_portal.Staff, person, isSuspended: false, "Came back", default);

        Assert.Equal((null, "2026-11-24T17:00:00Z"), await SidesAsync("staff.suspended", "suspendedAt"));
        Assert.Equal(("2026-11-24T17:00:00Z", null), await SidesAsync("staff.restored", "suspendedAt"));
    }

    [Fact]
    public async Task What_moves_a_campaign_on_says_from_which_status_to_which()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        var desk = await CampaignDesk.OpenAsync(_portal);
        var id = await desk.LaunchedAsync(desk.Draft(start: _portal.Now.AddDays(2)));

        Assert.Null((await _portal.Get<PauseCampaign>().ExecuteAsync(desk.Author, id, "Wait for the shop", default)).Failure);
        Assert.Null((await _portal.Get<CancelCampaign>().ExecuteAsync(desk.Author, id, "The shop has closed", default)).Failure);

        Assert.Equal(("draft", "inReview"), await SidesAsync("campaign.submitted", "status"));
        Assert.Equal(("inReview", "approved"), await SidesAsync("campaign.approved", "status"));
        Assert.Equal(("scheduled", "paused"), await SidesAsync("campaign.paused", "status"));
        Assert.Equal(("paused", "cancelled"), await SidesAsync("campaign.cancelled", "status"));
    }

    [Fact]
    public async Task What_does_not_move_a_campaign_says_nothing_of_its_status()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.InReviewAsync();

        Assert.False((await _portal.AuditAsync("campaign.dryRun"))[0].GetProperty("after").TryGetProperty("status", out _));
    }

    [Fact]
    public async Task Holds_and_segments_say_what_ended()
    {
        var hold = await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(null, _portal.Offers.Id, "Claim 17", new DateOnly(2027, 1, 31)), default);
        await _portal.Get<LiftLegalHold>().ExecuteAsync(_portal.Staff, hold.Value, "The claim was settled", default);
        var segment = await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default);
        await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, segment.Value, default);

        Assert.Equal((null, "2026-11-24T17:00:00Z"), await SidesAsync("hold.lifted", "liftedAt"));
        Assert.Equal(("2027-02-01T00:00:00Z", "2027-02-01T00:00:00Z"), await SidesAsync("hold.lifted", "until"));
        Assert.Equal((null, "2026-11-24T17:00:00Z"), await SidesAsync("segment.archived", "archivedAt"));
    }

    [Fact]
    public async Task A_withdrawal_says_of_each_purpose_what_it_ended()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        var stop = new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so on the phone", _portal.Now);

        Assert.Null((await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, person, stop, default)).Failure);

        var entry = Assert.Single(await _portal.AuditAsync("consent.withdrawn"));
        Assert.Equal($"{_portal.Offers.Id}: Granted", Assert.Single(entry.GetProperty("before").GetProperty("status").EnumerateArray()).GetString());
        Assert.Equal($"{_portal.Offers.Id}: Withdrawn", Assert.Single(entry.GetProperty("after").GetProperty("status").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_decision_about_a_text_says_that_it_waited()
    {
        var text = await _portal.ReceiveAsync(await _portal.AddPersonAsync(), "Who is this?", _portal.Now.AddMinutes(-5));

        Assert.Null((await _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, text, InboundOutcome.NoAction, default)).Failure);

        Assert.Equal(("waiting", "noAction"), await SidesAsync("inbound.decided", "review"));
    }

    private async Task<(string? Before, string? After)> SidesAsync(string action, string name)
    {
        var entry = Assert.Single(await _portal.AuditAsync(action));
        return (Of("before"), Of("after"));

        string? Of(string side) => entry.GetProperty(side) is { ValueKind: JsonValueKind.Object } values ? values.GetProperty(name).GetString() : null;
    }
}
