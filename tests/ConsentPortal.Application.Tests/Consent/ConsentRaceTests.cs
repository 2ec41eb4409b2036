using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

/// <summary>A yes and a stop of the same moment, where the database lets several transactions write at once.</summary>
public sealed class ConsentRaceTests : IAsyncLifetime
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
    public async Task A_renewal_that_was_folded_into_what_a_stop_has_just_replaced_is_not_saved()
    {
        await using var slow = _portal.Database.Open();
        await slow.ConsentRecords.SingleAsync();
        await StopAsync();

        // What the slow one has read says that the person still agrees.
        await ConsentLedger.AppendAsync(slow, Renewal(), default);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync());

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task Work_whose_consent_somebody_else_wrote_meanwhile_is_done_again_on_what_they_wrote()
    {
        var attempts = 0;

        await _portal.Database.WriteAsync(
            async db =>
            {
                await db.ConsentRecords.SingleAsync();
                if (++attempts == 1)
                    await db.ConsentRecords.ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, ConsentStatus.Withdrawn));
                await ConsentLedger.AppendAsync(db, Renewal(), default);
            },
            default);

        Assert.Equal(2, attempts);
        await using var after = _portal.Database.Open();
        Assert.Equal((ConsentStatus.Granted, 2), ((await after.ConsentRecords.SingleAsync()).Status, await after.ConsentEvents.CountAsync()));
    }

    private async Task StopAsync() => Assert.True((await _portal.Get<WithdrawConsent>().ExecuteAsync(
        _portal.Staff, _person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the telephone", _portal.Now), default)).IsSuccess);

    private ConsentEvent Renewal() => new()
    {
        SubscriberId = _person, PurposeId = _portal.Offers.Id, Kind = ConsentEventKind.Renewed, Basis = LegalBasis.Consent, Level = ConsentLevel.ExpressWritten, Channel = ConsentChannel.WebForm,
        At = _portal.Now, RecordedAt = _portal.Now, NumberPeriodId = default, IsActOfPerson = true, ActorKind = ActorKind.Staff, ActorId = _portal.Staff.Id,
    };
}
