using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>What can be done with a letter between the day on which it was kept and the day on which it leaves.</summary>
public sealed class WaitingLetterTests : IAsyncLifetime
{
    private const string First = "Your request DSR-1\n\nDear Ada, we received it.";
    private const string Second = "Your request DSR-1\n\nDear Ms Okafor, we received it.";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;
    private PrivacyRequestId _id;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
        _id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, _id, LetterKind.Acknowledgement, new LetterWords("en", First), default)).Failure);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_letter_that_has_not_left_can_be_corrected_and_counts_as_written_then()
    {
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null((await _portal.Get<ChangeLetter>().ExecuteAsync(_desk.Second, (await LetterAsync()).Id, $" {Second} ", default)).Failure);

        var letter = await LetterAsync();
        Assert.Equal((Second, "Ben Oduya", _portal.Now), (letter.Text, letter.WrittenBy, letter.WrittenAt));
        // It can't have left on the day before, when it said something else.
        Assert.IsType<SendingDayImpossible>((await _portal.Get<MarkLetterSent>().ExecuteAsync(_desk.First, letter.Id, DateOnly.FromDateTime(_portal.Now.UtcDateTime).AddDays(-1), default)).Failure);
    }

    [Fact]
    public async Task The_trail_keeps_what_a_letter_said_before_and_after_and_nobody_reads_it_without_the_key()
    {
        Assert.Null((await _portal.Get<ChangeLetter>().ExecuteAsync(_desk.First, (await LetterAsync()).Id, Second, default)).Failure);

        await using var db = _portal.Database.Open();
        var entry = await db.AuditEntries.AsNoTracking().SingleAsync(e => e.Action == "request.letterChanged");
        Assert.Equal(_person, entry.SubscriberId);
        Assert.DoesNotContain("Okafor", Encoding.UTF8.GetString(entry.Leaf), StringComparison.Ordinal);
        var words = (await _portal.Get<RevealAuditValues>().ExecuteAsync(_desk.First, entry.Id, "Asked by the auditor", default)).Value.Single(v => v.Name == "words");
        Assert.Equal((First, Second), (words.Before, words.After));
    }

    [Fact]
    public async Task A_letter_that_has_not_left_can_be_withdrawn_and_what_it_said_stays_in_the_trail()
    {
        Assert.IsType<ReasonNeeded>((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, (await LetterAsync()).Id, " ", default)).Failure);
        Assert.Null((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, (await LetterAsync()).Id, "Written by mistake", default)).Failure);

        var view = await ViewAsync();
        Assert.Empty(view.Letters);
        Assert.Contains(view.Entries, e => e is { Kind: RequestEntryKinds.Comment, Text: "Written by mistake" });
        await using var db = _portal.Database.Open();
        var entry = await db.AuditEntries.AsNoTracking().SingleAsync(e => e.Action == "request.letterWithdrawn");
        var words = (await _portal.Get<RevealAuditValues>().ExecuteAsync(_desk.First, entry.Id, "Asked by the auditor", default)).Value.Single(v => v.Name == "words");
        Assert.Equal((First, null), (words.Before, words.After));
    }

    [Fact]
    public async Task What_the_person_holds_in_their_hands_is_changed_by_nobody()
    {
        await _desk.SendAsync(_id);
        var letter = await LetterAsync();

        Assert.IsType<LetterHasLeft>((await _portal.Get<ChangeLetter>().ExecuteAsync(_desk.First, letter.Id, Second, default)).Failure);
        Assert.IsType<LetterHasLeft>((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, letter.Id, "Written by mistake", default)).Failure);

        Assert.Equal(First, (await LetterAsync()).Text);
        Assert.Empty(await _portal.AuditAsync("request.letterChanged"));
        Assert.Empty(await _portal.AuditAsync("request.letterWithdrawn"));
    }

    [Fact]
    public async Task A_refusal_that_was_withdrawn_leaves_the_request_as_if_it_had_not_been_planned()
    {
        Assert.Null((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, _id, "Nobody could be identified", default)).Failure);
        var denial = (await ViewAsync()).Letters.Single(l => l.Kind == LetterKind.Denial);

        Assert.Null((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, denial.Id, "They were recognised", default)).Failure);

        Assert.Null((await _desk.FindAsync(_id)).Outcome);
        Assert.Null((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, _id, "Nothing is held", default)).Failure);
        Assert.Equal("Nothing is held", (await _desk.FindAsync(_id)).Outcome);
    }

    [Fact]
    public async Task A_refusal_that_is_withdrawn_after_the_request_was_carried_out_does_not_take_away_what_was_done()
    {
        Assert.Null((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, _id, "Nobody could be identified", default)).Failure);
        var denial = (await ViewAsync()).Letters.Single(l => l.Kind == LetterKind.Denial);
        await using (var db = _portal.Database.Open())
            await db.PrivacyRequests.Where(r => r.Id == _id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, PrivacyRequestStatus.Replying).SetProperty(x => x.Outcome, "Packed"));

        Assert.Null((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, denial.Id, "They were recognised", default)).Failure);

        Assert.Equal("Packed", (await _desk.FindAsync(_id)).Outcome);
    }

    [Fact]
    public async Task A_letter_says_something_and_something_new()
    {
        var change = _portal.Get<ChangeLetter>();

        Assert.IsType<LetterUnusable>((await change.ExecuteAsync(_desk.First, (await LetterAsync()).Id, "Dear", default)).Failure);
        Assert.IsType<LetterIsSame>((await change.ExecuteAsync(_desk.First, (await LetterAsync()).Id, First, default)).Failure);
        Assert.IsType<LetterNotFound>((await change.ExecuteAsync(_desk.First, 4711, Second, default)).Failure);
        Assert.Equal(First, (await LetterAsync()).Text);
    }

    [Fact]
    public async Task Of_somebody_erased_a_letter_can_be_withdrawn_and_not_rewritten()
    {
        var id = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Quill"));
        Assert.Null((await _desk.EraseAsync(id)).Failure);
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Completion, null, default)).Failure);
        var letter = (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value.Letters.Single();

        Assert.IsType<LetterIsFixed>((await _portal.Get<ChangeLetter>().ExecuteAsync(_desk.First, letter.Id, Second, default)).Failure);
        Assert.Null((await _portal.Get<WithdrawLetter>().ExecuteAsync(_desk.First, letter.Id, "Ben Quill called", default)).Failure);

        var view = (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;
        Assert.Empty(view.Letters);
        Assert.DoesNotContain(view.Entries, e => e.Text.Contains("Quill", StringComparison.Ordinal));
    }

    private async Task<LetterView> LetterAsync() => (await ViewAsync()).Letters.Single();

    private async Task<PrivacyRequestView> ViewAsync() => (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, _id, default)).Value;
}
