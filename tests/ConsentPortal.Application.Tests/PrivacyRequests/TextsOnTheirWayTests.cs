using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>A text that was on its way while its person was erased: the provider has to erase it too.</summary>
public sealed class TextsOnTheirWayTests : IAsyncLifetime
{
    private const string Mine = "this process";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;
    private PrivacyRequestId _request;
    private OutboundMessage _row = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
        _request = await _desk.ApprovedErasureAsync(_person);
        var id = await _portal.SendAsync(_person, _portal.Now, MessageState.Sending);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.SendingBy, Mine).SetProperty(x => x.Attempts, 1)), default);
        await using var db = _portal.Database.Open();
        _row = await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task An_erasure_waits_for_the_text_that_is_being_handed_over()
    {
        var gate = _portal.Get<SendingGate>();
        gate.Enter(_person);
        Assert.True(gate.TryPass(_person));

        var erased = _desk.EraseAsync(_request);
        await Task.Delay(200);
        await using (var db = _portal.Database.Open())
            Assert.Null((await db.Subscribers.SingleAsync()).ErasedAt);
        gate.Leave(_person);

        Assert.Null((await erased).Failure);
    }

    [Theory]
    [InlineData(MessageState.Sending)]
    [InlineData(MessageState.Unconfirmed)]
    public async Task An_id_that_the_providers_answer_brings_after_the_erasure_is_planned(MessageState state)
    {
        await _portal.Database.WriteAsync(db => db.OutboundMessages.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state)), default);
        Assert.Null((await _desk.EraseAsync(_request)).Failure);
        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(_request)).Status);
        Assert.Contains("Texts on their way: 1 row", (await _portal.AuditAsync(EraseSubscriber.Erased)).Single().GetRawText(), StringComparison.Ordinal);

        await AcceptAsync();
        await AcceptAsync();

        await IsPlannedOnceAsync();
        Assert.Equal(1, await _desk.AskProviderAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(RedactionState.Redacted, (await db.ProviderRedactions.SingleAsync()).State);
    }

    [Fact]
    public async Task An_id_that_a_receipt_brings_after_the_erasure_is_planned()
    {
        Assert.Null((await _desk.EraseAsync(_request)).Failure);

        await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
            Actor.Provider("vonage"), new DeliveryReceipt("m1", _row.ClientRef, DeliveryStatus.Delivered, null, null, _portal.Now, 1, null, "key-1"), default);
        await AcceptAsync();

        await IsPlannedOnceAsync();
    }

    private async Task IsPlannedOnceAsync()
    {
        await using var db = _portal.Database.Open();
        var planned = await db.ProviderRedactions.SingleAsync();
        Assert.Equal(("m1", _request, MessageDirection.Outbound), (planned.ProviderMessageId, planned.RequestId, planned.Direction));
        Assert.True(planned.NextAt >= _portal.Now.AddMinutes(61));
    }

    private Task AcceptAsync()
    {
        var text = new AllowedText(_row.Id, _person, new SendGround(_portal.Offers, RestsOnConsent: false, Stop: null, IsRestricted: false, default), new OutgoingText(_row.ClientRef, "+12125552368", "+12025550111", "Hello", IsUnicode: false), Mine, 1, HandOverTime.Of(TimeSpan.FromMinutes(1), _portal.Clock));
        return new DispatchOutcomes(_portal.Database, _portal.Get<SendingGate>(), Options.Create(new DispatchOptions()), _portal.Clock).CommitAsync([(text, new SendOutcome.Accepted(["m1"], Parts: 1))], default);
    }
}
