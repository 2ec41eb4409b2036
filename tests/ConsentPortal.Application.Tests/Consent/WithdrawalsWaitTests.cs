using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

/// <summary>A withdrawal that staff record is committed only after the text that is on its way.</summary>
public sealed class WithdrawalsWaitTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_person);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public Task What_staff_record_waits() => WaitsAsync(() => _portal.Get<WithdrawConsent>().ExecuteAsync(
        _portal.Staff, _person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default));

    [Fact]
    public Task A_number_that_staff_put_on_the_list_waits() => WaitsAsync(() => _portal.Get<AddSuppression>().ExecuteAsync(
        _portal.Staff, new PhoneNumber("+12125552368", "US"), SuppressionReach.Everything, "Asked at the till", default));

    private async Task WaitsAsync(Func<Task> withdraw)
    {
        var gate = _portal.Get<SendingGate>();
        gate.Enter(_person);
        Assert.True(gate.TryPass(_person));

        var withdrawn = withdraw();
        await Task.Delay(200);
        Assert.False(withdrawn.IsCompleted);
        gate.Leave(_person);
        await withdrawn;

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
    }
}
