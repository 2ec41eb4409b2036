using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>What becomes of a text: acted on, acted on and flagged, or waiting for a person; and texts on trial.</summary>
public sealed class InboxOutcomeTests : IAsyncLifetime
{
    private const string Ours = "+12025550111";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData("stpo")]
    [InlineData("wrong number")]
    public async Task A_likely_stop_is_acted_on_at_once_and_flagged(string text)
    {
        await AgreedAsync();
        await ReceiveAsync(text);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        var page = await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(ReviewState.ToCheck), default);
        Assert.Equal((text, 1, 0), (Assert.Single(page.Rows).Body, page.ToCheck, page.Waiting));
        Assert.Contains(await AttentionAsync(), a => a is { Kind: AttentionKind.TextsToCheck, Count: 1 });
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("please take me off")]
    public async Task A_certain_stop_needs_nobody(string text)
    {
        await AgreedAsync();
        await ReceiveAsync(text);

        await using var db = _portal.Database.Open();
        Assert.Equal(ReviewState.NotNeeded, (await db.InboundMessages.SingleAsync()).Review);
    }

    [Theory]
    [InlineData(InboundOutcome.ReadRightly, ReviewState.ReadRightly)]
    [InlineData(InboundOutcome.Misread, ReviewState.Misread)]
    public async Task A_flagged_stop_stays_a_stop_whatever_staff_say_of_it(InboundOutcome outcome, ReviewState review)
    {
        await AgreedAsync();
        await ReceiveAsync("stpo");
        await using var db = _portal.Database.Open();
        var id = (await db.InboundMessages.AsNoTracking().SingleAsync()).Id;

        Assert.True((await DecideAsync(id, outcome)).IsSuccess);
        Assert.IsType<InboundNotWaiting>((await DecideAsync(id, outcome)).Failure);

        Assert.Equal(review, (await db.InboundMessages.AsNoTracking().SingleAsync()).Review);
        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        Assert.Null((await db.Suppressions.SingleAsync()).LiftedAt);
        await ReceiveAsync("START");
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
    }

    [Theory]
    [InlineData(InboundOutcome.TakeAsOptOut, "stpo")]
    [InlineData(InboundOutcome.NoAction, "stpo")]
    [InlineData(InboundOutcome.Misread, "can you cancel my order")]
    public async Task A_decision_fits_the_question(InboundOutcome outcome, string text)
    {
        await AgreedAsync();
        await ReceiveAsync(text);
        await using var db = _portal.Database.Open();

        Assert.IsType<InboundNotWaiting>((await DecideAsync((await db.InboundMessages.SingleAsync()).Id, outcome)).Failure);
    }

    [Fact]
    public async Task What_nobody_has_read_by_the_end_of_the_next_business_day_is_an_opt_out()
    {
        await AgreedAsync();
        await ReceiveAsync("can you cancel my order");
        var job = _portal.Get<TakeUnreviewedAsOptOut>();

        // Received on Tuesday: Wednesday is the day on which it has to be read.
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal(0, await job.TakeOverdueAsync(default));
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await job.TakeOverdueAsync(default));
        Assert.Equal(0, await job.TakeOverdueAsync(default));

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        var row = Assert.Single((await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(ReviewState.TakenAsOptOut), default)).Rows);
        Assert.Null(row.ReviewedBy);
        Assert.Equal("inbox-review", (await _portal.AuditAsync("inbound.decided"))[0].GetProperty("actor").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("STOP", HandsetState.Agreed, TextAction.OptOut, "You are out.")]
    [InlineData("STOP", HandsetState.Stopped, TextAction.OptOut, null)]
    [InlineData("HELP", HandsetState.Unknown, TextAction.Help, "Help.")]
    [InlineData("YES", HandsetState.Asked, TextAction.Confirm, "Welcome.")]
    [InlineData("YES", HandsetState.Agreed, TextAction.Confirm, null)]
    [InlineData("START", HandsetState.Stopped, TextAction.OptIn, "Welcome.")]
    [InlineData("boots", HandsetState.Unknown, TextAction.OptIn, "Reply YES.")]
    [InlineData("boots", HandsetState.Asked, TextAction.OptIn, null)]
    [InlineData("cancel my order", HandsetState.Agreed, TextAction.Review, null)]
    [InlineData("see you", HandsetState.Agreed, TextAction.None, null)]
    public async Task A_text_on_trial_answers_as_a_real_one_would(string text, HandsetState state, TextAction action, string? reply)
    {
        await MakeJoinableAsync();
        await PutIntoAsync(state);

        var trial = (await _portal.Get<TryInboundText>().ExecuteAsync(_portal.Staff, new InboundQuestion(text, Ours, "en", state), default)).Value;
        Assert.Equal((action, reply), (trial.Meaning.Action, trial.Reply));

        var before = await RepliesAsync();
        await ReceiveAsync(text);
        Assert.Equal(trial.ReplyKind is { } kind ? [kind] : Array.Empty<MessageKind>(), (await RepliesAsync()).Skip(before.Count));
    }

    [Fact]
    public async Task A_settled_case_that_is_read_differently_is_seen_on_the_dashboard()
    {
        Assert.True((await SaveCaseAsync("stop by later", TextAction.None)).IsSuccess);
        Assert.DoesNotContain(await AttentionAsync(), a => a.Kind == AttentionKind.KeywordCasesChanged);

        Assert.True((await SaveCaseAsync("enough of this", TextAction.OptOut)).IsSuccess);

        var results = await _portal.Get<KeywordCases>().GetAsync(_portal.Staff, default);
        Assert.Equal((1, "enough of this", "optOut"), (results.Differing, results.Rows[0].Text, results.Rows[0].Expected));
        Assert.Equal(64, results.Lists.Length);
        Assert.Contains(await AttentionAsync(), a => a is { Kind: AttentionKind.KeywordCasesChanged, Count: 1 });
        await _portal.Get<RemoveKeywordCase>().ExecuteAsync(_portal.Staff, results.Rows[0].Id, default);
        Assert.Equal(0, (await _portal.Get<KeywordCases>().GetAsync(_portal.Staff, default)).Differing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("call me at 212 555 2368")]
    public async Task A_case_without_words_or_with_a_number_is_not_kept(string text) => Assert.IsType<KeywordCaseRefused>((await SaveCaseAsync(text, TextAction.None)).Failure);

    [Fact]
    public async Task One_text_is_one_case()
    {
        await SaveCaseAsync("stop by later", TextAction.None);
        Assert.IsType<KeywordCaseRefused>((await SaveCaseAsync(" stop by later ", TextAction.OptOut)).Failure);
    }

    [Fact]
    public async Task Trials_and_cases_are_for_those_who_may()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TryInboundText>().ExecuteAsync(Actor.Nobody, new InboundQuestion("x", Ours, null, HandsetState.Agreed), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<KeywordCases>().GetAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveKeywordCase>().ExecuteAsync(Actor.Nobody, new KeywordCaseDraft("x", null, TextAction.None), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RemoveKeywordCase>().ExecuteAsync(Actor.Nobody, 1, default));
    }

    private async Task AgreedAsync() => await _portal.ConsentAsync(await _portal.AddPersonAsync());

    private async Task MakeJoinableAsync() => await _portal.Database.WriteAsync(
        db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "BOOTS").SetProperty(x => x.NeedsDoubleOptIn, true)), default);

    private async Task PutIntoAsync(HandsetState state)
    {
        if (state is HandsetState.Asked or HandsetState.Agreed or HandsetState.Stopped)
            await ReceiveAsync("BOOTS");
        if (state is HandsetState.Agreed or HandsetState.Stopped)
            await ReceiveAsync("YES");
        if (state is HandsetState.Stopped)
            await ReceiveAsync("STOP");
        // Beyond the minutes in which a reply counts as given already.
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
    }

    private async Task<IReadOnlyList<MessageKind>> RepliesAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync();
    }

    private Task ReceiveAsync(string text) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), "+12125552368", Ours, text, _portal.Now, null), default);

    private Task<Domain.Result<Domain.Done>> DecideAsync(long id, InboundOutcome outcome) => _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, id, outcome, default);

    private Task<Domain.Result<Domain.Done>> SaveCaseAsync(string text, TextAction expected) =>
        _portal.Get<SaveKeywordCase>().ExecuteAsync(_portal.Staff, new KeywordCaseDraft(text, null, expected), default);

    private Task<IReadOnlyList<Attention>> AttentionAsync() => new AttentionList(_portal.Database, _portal.Get<KeptReports>(), _portal.Clock).GetAsync(_portal.Staff, default);

    private async Task<ConsentStatus> StatusAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.ConsentRecords.SingleAsync()).Status;
    }
}
