using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class ChangeNumberTests : IAsyncLifetime
{
    private const string Old = "+12125552368";
    private const string New = "+12125552399";

    private PeoplePortal _portal = null!;
    private SubscriberId _id;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_id);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_period_is_closed_a_new_one_begins_and_no_consent_comes_along()
    {
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(new ChangedNumber(1, 0), (await ChangeAsync()).Value);

        await using var db = _portal.Database.Open();
        var person = await db.Subscribers.SingleAsync();
        var periods = await db.NumberPeriods.OrderBy(p => p.From).ToListAsync();
        Assert.Equal((_portal.Now, null, periods[1].Id), (periods[0].To, periods[1].To, person.CurrentPeriodId));
        Assert.Equal(New, _portal.Get<SubscriberVault>().Open(person)!.Phone.E164);
        Assert.Equal(_portal.Get<LookupHash>().Phone(New), person.PhoneHash);
        Assert.Equal(ConsentStatus.Voided, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.DoesNotContain("2399", (await _portal.AuditAsync("subscriber.numberChanged")).Single().GetProperty("after").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asked_themselves_is_asked_again_and_a_yes_from_the_new_number_grants()
    {
        Assert.Equal(new ChangedNumber(1, 1), (await ChangeAsync(asksAgain: true)).Value);
        await using (var db = _portal.Database.Open())
        {
            Assert.Equal(ConsentStatus.Pending, (await db.ConsentRecords.SingleAsync()).Status);
            Assert.Equal(1, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.DoubleOptInPrompt && m.State == MessageState.Planned));
        }

        await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(Domain.Staff.Actor.Job("test"), new InboundText("m-1", New, "+12025550111", "YES", _portal.Now, null), default);

        await using var after = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Granted, (await after.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task Nobody_is_asked_at_a_number_that_they_did_not_give_themselves() =>
        Assert.IsType<OnlyThePersonCanBeAskedAgain>((await ChangeAsync(asksAgain: true, byPerson: false)).Failure);

    [Fact]
    public async Task A_stop_stays_with_the_number_it_was_said_of_and_one_of_the_new_number_applies()
    {
        await _portal.Get<AddSuppression>().ExecuteAsync(_portal.Staff, new PhoneNumber(New, "US"), SuppressionReach.Everything, "Listed before", default);
        await _portal.Get<AddSuppression>().ExecuteAsync(_portal.Staff, new PhoneNumber(Old, "US"), new SuppressionReach(SuppressionScope.Marketing), "Listed before", default);

        await ChangeAsync();

        var stops = (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, _id, default)).Value.Suppressions;
        Assert.Equal([SuppressionScope.All], stops.Select(s => s.Scope));
    }

    [Fact]
    public async Task A_number_of_somebody_else_needs_to_be_said_to_be_shared()
    {
        var other = await _portal.AddTwinAsync(New);

        Assert.Equal(other.ToString(), Assert.IsType<NumberOfAnother>((await ChangeAsync()).Failure).SubscriberId);
        Assert.True((await ChangeAsync(isShared: true)).IsSuccess);
        Assert.IsType<NumberIsTheSame>((await ChangeAsync(isShared: true)).Failure);
    }

    [Fact]
    public async Task Yes_of_the_register_voids_the_consent_lists_the_number_and_blocks_the_next_text()
    {
        using var file = new ListFile("Phone Number,Response,Date\n2125552368,Yes,2026-11-24\n2125559999,no,2026-11-24\n2125552368,maybe,2026-11-24\n", new UTF8Encoding(false));

        var taken = await FileAsync(file);

        Assert.Equal((1, 1, 1, 1), (taken.Taken, taken.Reassigned, taken.Unknown, taken.Unreadable));
        Assert.Equal(4, taken.Refused.Single().Line);
        await using var db = _portal.Database.Open();
        Assert.Equal(NumberState.Reassigned, (await db.Subscribers.SingleAsync()).NumberState);
        Assert.Equal(ConsentStatus.Voided, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Equal(SuppressionSource.Reassigned, (await db.Suppressions.SingleAsync()).Source);
        Assert.Single(await _portal.AuditAsync("number.reassignedAnswer"));
        Assert.Equal((0, 1), ((await FileAsync(file)).Taken, (await FileAsync(file)).Older));
    }

    [Theory]
    [InlineData(ReassignedAnswer.No, DecisionKind.Allow)]
    [InlineData(ReassignedAnswer.NoData, DecisionKind.Hold)]
    public async Task The_stored_answer_is_what_the_policy_decides_by(ReassignedAnswer answer, DecisionKind expected)
    {
        Assert.True((await _portal.Get<RecordReassignedAnswers>().RecordOneAsync(_portal.Staff, _id, answer, _portal.Now, default)).IsSuccess);

        Assert.Equal(expected, (await _portal.Get<TextNow>().AskAsync(_portal.Staff, _id, _portal.Offers.Id, default)).Value.Kind);
    }

    [Fact]
    public async Task An_answer_about_a_time_before_the_number_was_theirs_is_not_about_them()
    {
        Assert.IsType<ReassignedAnswerOlder>((await _portal.Get<RecordReassignedAnswers>().RecordOneAsync(_portal.Staff, _id, ReassignedAnswer.Yes, _portal.Now.AddDays(-30), default)).Failure);
        await _portal.Get<RecordReassignedAnswers>().RecordOneAsync(_portal.Staff, _id, ReassignedAnswer.No, _portal.Now, default);

        await ChangeAsync();

        await using var db = _portal.Database.Open();
        Assert.Null((await db.NumberPeriods.SingleAsync(p => p.To == null)).ReassignedAnswer);
    }

    private async Task<Result<ChangedNumber>> ChangeAsync(bool asksAgain = false, bool byPerson = true, bool isShared = false)
    {
        await using var db = _portal.Database.Open();
        var version = await db.Subscribers.Where(s => s.Id == _id).Select(s => s.Version).SingleAsync();
        return await _portal.Get<ChangeNumber>().ExecuteAsync(
            _portal.Staff, _id, new NumberChange(version, new PhoneNumber(New, "US"), "New contract", "Called and named the last order", byPerson, asksAgain, isShared), default);
    }

    private async Task<TakenAnswers> FileAsync(ListFile list)
    {
        var record = _portal.Get<RecordReassignedAnswers>();
        return (await record.ExecuteAsync(_portal.Staff, (await record.OpenAsync(_portal.Staff, list.Path, "answers.csv", default)).Value, null, default)).Value;
    }
}
