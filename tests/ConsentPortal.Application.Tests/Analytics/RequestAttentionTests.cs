using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Analytics;

/// <summary>What the dashboard says waits for whoever works on privacy requests and breaches.</summary>
public sealed class RequestAttentionTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    [Trait("Rule", "CA-02")]
    public async Task A_receipt_waits_to_be_confirmed_until_the_tenth_business_day_and_is_overdue_the_day_after()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        await _desk.ReceiveAsync(await _portal.AddPersonAsync("+4915112345678", "DE"), PrivacyRequestKind.Access);
        var lastDay = new DateTimeOffset(2026, 12, 9, 9, 0, 0, TimeSpan.Zero);

        _portal.Clock.SetUtcNow(lastDay);
        Assert.Equal((1, 0), (await CountAsync(AttentionKind.ReceiptsToConfirm), await CountAsync(AttentionKind.ReceiptsOverdue)));
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, null, default)).Failure);
        _portal.Clock.SetUtcNow(lastDay.AddDays(1));
        Assert.Equal((0, 1), (await CountAsync(AttentionKind.ReceiptsToConfirm), await CountAsync(AttentionKind.ReceiptsOverdue)));
        await _desk.SendAsync(id);

        Assert.Equal((0, 0), (await CountAsync(AttentionKind.ReceiptsToConfirm), await CountAsync(AttentionKind.ReceiptsOverdue)));
    }

    [Fact]
    public async Task A_letter_waits_from_the_day_on_which_it_was_written_until_it_has_left()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        Assert.Equal(0, await CountAsync(AttentionKind.LettersToSend));
        await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, null, default);
        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default);
        var written = _portal.Now;
        _portal.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal((1, written), (await AttentionAsync(_desk.First)).Where(a => a.Kind == AttentionKind.LettersToSend).Select(a => (a.Count, a.Since!.Value)).Single());
        Assert.Equal(1, (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(HasLetterToSend: true), default)).Total);
        await _desk.SendAsync(id);

        Assert.Equal(0, await CountAsync(AttentionKind.LettersToSend));
        Assert.Equal(0, (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(HasLetterToSend: true), default)).Total);
    }

    [Fact]
    public async Task An_erasure_waits_for_everybody_who_may_approve_it_but_whoever_asked()
    {
        var id = await _desk.VerifiedAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Erasure);
        Assert.Null((await _desk.AskAsync(id)).Failure);
        var reader = await _portal.AddStaffAsync("Rita Reader", [Permissions.ViewDashboard, Permissions.ViewPrivacyRequests]);

        Assert.Equal(0, await CountAsync(AttentionKind.ErasuresToApprove));
        Assert.Equal(1, await CountAsync(AttentionKind.ErasuresToApprove, _desk.Second));
        Assert.Equal(0, await CountAsync(AttentionKind.ErasuresToApprove, reader));
    }

    [Fact]
    [Trait("Rule", "EU-20")]
    public async Task A_breach_waits_for_72_hours_and_is_overdue_until_the_authority_knows()
    {
        var aware = _portal.Now;
        var id = (await _portal.Get<RecordBreach>().ExecuteAsync(
            _desk.First, new BreachText("A laptop was lost", "It was left on a train.", aware, null, "Numbers and names", 10, 10, BreachRisk.Risk, "", ""), default)).Value;

        _portal.Clock.SetUtcNow(aware.AddHours(72));
        Assert.Equal((1, 0), (await CountAsync(AttentionKind.BreachesToTell), await CountAsync(AttentionKind.BreachesOverdue)));
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1), (await CountAsync(AttentionKind.BreachesToTell), await CountAsync(AttentionKind.BreachesOverdue)));
        Assert.Null((await _portal.Get<TellOfBreach>().ExecuteAsync(_desk.First, id, NoticeKind.Authority, "The authority", "Its form", _portal.Now, default)).Failure);

        Assert.Equal((0, 0), (await CountAsync(AttentionKind.BreachesToTell), await CountAsync(AttentionKind.BreachesOverdue)));
    }

    private async Task<int> CountAsync(AttentionKind kind, Actor? actor = null) => (await AttentionAsync(actor ?? _desk.First)).Where(a => a.Kind == kind).Sum(a => a.Count);

    private Task<IReadOnlyList<Attention>> AttentionAsync(Actor actor) => new AttentionList(_portal.Database, _portal.Get<KeptReports>(), _portal.Clock).GetAsync(actor, default);
}
