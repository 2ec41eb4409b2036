using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>A letter counts from the day on which it left, never from the day on which it was kept.</summary>
public sealed class LetterClockTests : IAsyncLifetime
{
    private const string Briton = "+447700900123";
    private const string German = "+4915112345678";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    private DateOnly Today => DateOnly.FromDateTime(_portal.Now.UtcDateTime);

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    [Trait("Rule", "CA-03")]
    public async Task Case_49_time_that_was_only_written_about_and_not_told_is_overdue()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        Assert.Null((await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default)).Failure);
        var waiting = await ViewAsync(id);

        _portal.Clock.Advance(TimeSpan.FromDays(46));
        var overdue = await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(IsOverdue: true), default);

        Assert.Equal(new DateOnly(2027, 1, 8), waiting.DueOn);
        Assert.Contains("22 February 2027", waiting.Letters.Single().Text, StringComparison.Ordinal);
        Assert.Equal(1, overdue.Overdue);
        Assert.Equal((id, new DateOnly(2027, 1, 8)), overdue.Rows.Select(r => (r.Id, r.DueOn)).Single());
        Assert.Empty(await _portal.AuditAsync("request.extended"));
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task A_letter_that_left_in_time_counts_though_it_is_marked_later()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(German, "DE"), PrivacyRequestKind.Access);
        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default);
        _portal.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Null((await MarkAsync(id, new DateOnly(2026, 12, 20))).Failure);

        Assert.Equal(new DateOnly(2027, 2, 24), (await _desk.FindAsync(id)).DueOn);
        Assert.Equal([new ClockEvent(ClockEventKind.Extended, new DateOnly(2026, 12, 20))], (await _desk.FindAsync(id)).ClockEvents);
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task A_letter_about_more_time_that_left_after_the_last_day_moves_nothing()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(German, "DE"), PrivacyRequestKind.Access);
        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default);
        _portal.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Null((await MarkAsync(id, Today)).Failure);

        var view = await ViewAsync(id);
        Assert.Equal((new DateOnly(2026, 12, 24), false, Today), (view.DueOn, view.IsExtended, view.Letters.Single().SentOn));
        Assert.Contains(view.Entries, e => e.Text.EndsWith("The last lawful day was over, so it moves nothing.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_written_twice_while_its_letter_waits()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(Briton, "GB"), PrivacyRequestKind.Access);
        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default);
        await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nothing is held", default);
        await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Clarification, "Which years do you mean?", null, default);

        Assert.IsType<LetterWaits>((await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default)).Failure);
        Assert.IsType<LetterWaits>((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nothing is held", default)).Failure);
        Assert.IsType<LetterWaits>((await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Clarification, "Which years?", null, default)).Failure);
        Assert.Equal(3, (await ViewAsync(id)).Letters.Count);
    }

    [Fact]
    [Trait("Rule", "UK-02")]
    public async Task The_clock_stands_from_the_day_on_which_the_question_left()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(Briton, "GB"), PrivacyRequestKind.Access);
        await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Clarification, "Which years do you mean?", null, default);
        Assert.Null((await ViewAsync(id)).PausedOn);

        _portal.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Null((await MarkAsync(id, Today.AddDays(-1))).Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Null((await _portal.Get<ResumeRequest>().ExecuteAsync(_desk.First, id, default)).Failure);

        // From 27 November to 4 December it stood for seven days.
        Assert.Equal(new DateOnly(2026, 12, 31), (await _desk.FindAsync(id)).DueOn);
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task A_refusal_counts_when_its_letter_has_left_and_is_overdue_until_then()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(German, "DE"), PrivacyRequestKind.Access);
        Assert.Null((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nobody could be identified", default)).Failure);
        Assert.True((await _desk.FindAsync(id)).IsOpen);

        _portal.Clock.Advance(TimeSpan.FromDays(33));
        Assert.Equal(1, (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(), default)).Overdue);
        Assert.Null((await MarkAsync(id, new DateOnly(2026, 12, 23))).Failure);

        var request = await _desk.FindAsync(id);
        Assert.Equal((PrivacyRequestStatus.Denied, "Nobody could be identified"), (request.Status, request.Outcome));
        Assert.Equal(new DateOnly(2026, 12, 23), DateOnly.FromDateTime(request.CompletedAt!.Value.UtcDateTime));
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task What_was_carried_out_is_closed_with_the_answer_that_left()
    {
        var person = await _portal.AddPersonAsync(German, "DE");
        var id = await _desk.VerifiedAsync(person, PrivacyRequestKind.Restriction);
        Assert.IsType<RequestNotReady>((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Completion, null, default)).Failure);

        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "Restricted", default)).Failure);
        var carriedOut = await _desk.FindAsync(id);
        await _desk.ReplyAsync(id);

        Assert.Equal((PrivacyRequestStatus.Replying, true, null), (carriedOut.Status, carriedOut.IsOpen, carriedOut.CompletedAt));
        Assert.Equal((PrivacyRequestStatus.Completed, (DateTimeOffset?)_portal.Now), ((await _desk.FindAsync(id)).Status, (await _desk.FindAsync(id)).CompletedAt));
        Assert.Single(await _portal.AuditAsync("request.completed"));
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task An_erasure_is_closed_with_its_answer_and_certified_before()
    {
        var id = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync());
        Assert.Null((await _desk.EraseAsync(id)).Failure);

        Assert.True((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).IsSuccess);
        Assert.IsType<RequestNotReady>((await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, id, "Not wanted any more", default)).Failure);
        Assert.IsType<PersonIsErased>((await _portal.Get<CommentOnRequest>().ExecuteAsync(_desk.First, id, "Ada called", default)).Failure);
        await _desk.ReplyAsync(id);

        Assert.Equal(PrivacyRequestStatus.Completed, (await _desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task Data_that_was_asked_for_is_not_erased_before_its_answer_has_left()
    {
        var person = await _portal.AddPersonAsync();
        var access = await _desk.ReviewedAsync(person, PrivacyRequestKind.Access);
        Assert.True((await _portal.Get<MakeAccessPackage>().ExecuteAsync(_desk.First, access, default)).IsSuccess);
        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, access, "Packed", default)).Failure);
        var erasure = await _desk.ApprovedErasureAsync(person);

        Assert.IsType<AnswerAccessFirst>((await _desk.EraseAsync(erasure)).Failure);
        await _desk.ReplyAsync(access);
        Assert.Null((await _desk.EraseAsync(erasure)).Failure);
    }

    [Fact]
    [Trait("Rule", "CA-02")]
    public async Task In_California_the_receipt_is_confirmed_by_a_letter_that_left_within_ten_business_days()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        await _desk.ReceiveAsync(await _portal.AddPersonAsync(German, "DE"), PrivacyRequestKind.Access);
        var dayAfter = new DateTimeOffset(2026, 12, 10, 9, 0, 0, TimeSpan.Zero);

        // Received on Tuesday, 24 November; Thanksgiving is no business day.
        _portal.Clock.SetUtcNow(dayAfter.AddDays(-1));
        Assert.Equal((1, 0), await ConfirmationsAsync());
        Assert.Equal((id, new DateOnly(2026, 12, 9)), (await RowsAsync()).Select(r => (r.Id, r.ConfirmBy!.Value)).Single());
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, null, default)).Failure);
        _portal.Clock.SetUtcNow(dayAfter);
        Assert.Equal((1, 1), await ConfirmationsAsync());
        Assert.True((await RowsAsync()).Single().HasLetterToSend);
        Assert.Null((await MarkAsync(id, new DateOnly(2026, 12, 9))).Failure);

        Assert.Equal((0, 0), await ConfirmationsAsync());
        Assert.Empty(await RowsAsync());
        Assert.Equal(new DateOnly(2026, 12, 9), (await ViewAsync(id)).ConfirmedOn);
    }

    [Fact]
    [Trait("Rule", "CA-02")]
    public async Task An_answer_spares_the_confirmation()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nobody could be identified", default);
        Assert.Equal((1, 0), await ConfirmationsAsync());

        await _desk.SendAsync(id);

        Assert.Equal((0, 0), await ConfirmationsAsync());
        Assert.Equal(Today, (await ViewAsync(id)).ConfirmedOn);
    }

    private async Task<(int Missing, int Overdue)> ConfirmationsAsync()
    {
        var page = await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(), default);
        return (page.Unconfirmed, page.ConfirmationsOverdue);
    }

    private async Task<IReadOnlyList<PrivacyRequestRow>> RowsAsync() => (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(IsUnconfirmed: true), default)).Rows;

    private async Task<Result<Done>> MarkAsync(PrivacyRequestId id, DateOnly on) =>
        await _portal.Get<MarkLetterSent>().ExecuteAsync(_desk.First, (await ViewAsync(id)).Letters.Single().Id, on, default);

    private async Task<PrivacyRequestView> ViewAsync(PrivacyRequestId id) => (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;
}
