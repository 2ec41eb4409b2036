using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Killed;

/// <summary>
/// A process that dies just before and just after each change of a text's state: <see cref="MessageMoves"/> says which there are. Its successor texts nobody a second
/// time and leaves nobody in between.
/// </summary>
public sealed class KilledTextTests : IAsyncLifetime
{
    private static readonly Actor Vonage = Actor.Provider("vonage");
    private static readonly MessageState[] Fresh = [MessageState.Planned, MessageState.Deferred, MessageState.Skipped, MessageState.Sending, MessageState.Unconfirmed];
    private static readonly DeliveryStatus[] Words = [DeliveryStatus.Submitted, DeliveryStatus.Delivered, DeliveryStatus.Failed, DeliveryStatus.Expired];

    private readonly DeathWatch _watch = new();
    private readonly RememberingProvider _provider = new([]);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private MessageDispatcher _dispatcher = null!;
    private CampaignId _campaign;
    private Queue<OutboundMessage> _texts = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync(watch: _watch);
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(45);
        _dispatcher = Successor.Dispatcher(_portal, _provider);
        await DispatchAsync();
        _campaign = await _desk.LaunchedAsync();
        using var planner = _desk.Planner(batch: 100);
        await planner.PlanOnceAsync(default);
        _texts = new Queue<OutboundMessage>(await _desk.TextsAsync(_campaign));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, _portal.Now.AddDays(30))), default);
        await WatchAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Whatever_changes_the_state_of_a_text_is_done_or_not_done_when_the_process_dies()
    {
        await TakenAsync();
        await RefusedAsync();
        await InDoubtAsync();
        await ReportedAsync();
        await SettledAsync();
        await HeldBackAsync();
        await CancelledAsync();

        var seen = _watch.Seen.Where(m => m.Table == "OutboundMessages").Select(m => ((MessageState)m.From, (MessageState)m.To)).ToHashSet();
        Assert.Empty(MessageMoves.All.Except(seen));
        Assert.Empty(seen.Except(MessageMoves.All));
    }

    /// <summary>Accepted, and then whatever receipts say.</summary>
    private async Task TakenAsync()
    {
        foreach (var word in Words.Skip(1))
        {
            var text = await SendAsync(null);
            await ReceiveAsync(text, word);
            if (word != DeliveryStatus.Delivered)
                await ReceiveAsync(text, DeliveryStatus.Delivered);
        }

        await DieAsync();
    }

    /// <summary>Refused for good, refused for now and sent later, and not handed over at all.</summary>
    private async Task RefusedAsync()
    {
        await SendAsync(_ => Now(new SendOutcome.Rejected(IsPermanent: true, "1120", null, "The sender is not allowed.", [])));
        await SendAsync(_ => Now(new SendOutcome.Throttled(TimeSpan.FromSeconds(5))));
        _portal.Clock.Advance(TimeSpan.FromSeconds(10));
        await DispatchAsync();
        await SendAsync(_ => Now(new SendOutcome.Withheld(TimeSpan.Zero)), drain: false);
        await DieAsync();
        await DispatchAsync();
    }

    /// <summary>No answer, an answer that comes after the lease, and none because the process stood still.</summary>
    private async Task InDoubtAsync()
    {
        await SendAsync(_ => Now(new SendOutcome.Unconfirmed(UnconfirmedCause.Timeout, "No answer came.")));
        await SendAsync(_ => LateAsync(new SendOutcome.Throttled(TimeSpan.FromHours(1))));
        await SendAsync(_ => LateAsync(new SendOutcome.Withheld(TimeSpan.Zero)), drain: false);
        await DieAsync();
        await DispatchAsync();
    }

    /// <summary>A receipt or a record proves that the provider has a text, whatever was known of it.</summary>
    private async Task ReportedAsync()
    {
        foreach (var state in Fresh)
        {
            foreach (var word in Words)
            {
                var text = _texts.Dequeue();
                await QuietlyAsync(text, m => m.SetProperty(x => x.State, state).SetProperty(x => x.LeaseUntil, _portal.Now.AddMinutes(1)).SetProperty(x => x.SentAt, _portal.Now).SetProperty(x => x.DecidedAt, _portal.Now));
                await ReceiveAsync(text, word);
            }

            await DieAsync();
        }
    }

    /// <summary>A person had said that it did not leave.</summary>
    private async Task SettledAsync()
    {
        foreach (var word in new[] { DeliveryStatus.Submitted, DeliveryStatus.Expired })
        {
            var text = _texts.Dequeue();
            await QuietlyAsync(text, m => m.SetProperty(x => x.State, MessageState.Failed).SetProperty(x => x.Reason, nameof(SendReason.SettledAsNotSent)).SetProperty(x => x.DecidedAt, _portal.Now));
            await ReceiveAsync(text, word);
        }

        await DieAsync();
    }

    /// <summary>By the person's own state, and by the hour: it is three in the morning in New York.</summary>
    private async Task HeldBackAsync()
    {
        var restricted = _texts.Dequeue();
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == restricted.SubscriberId).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
        await DueAsync(restricted);
        await DispatchAsync();
        await DieAsync();
        _portal.Clock.SetUtcNow(new DateTimeOffset(_portal.Now.UtcDateTime.Date.AddDays(1).AddHours(8), TimeSpan.Zero));
        await DueAsync(_texts.Dequeue());
        await DispatchAsync();
        await DieAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(8));
    }

    /// <summary>Texts that wait end with their campaign, and so do those that come back to it afterwards.</summary>
    private async Task CancelledAsync()
    {
        await QuietlyAsync(_texts.Dequeue(), m => m.SetProperty(x => x.State, MessageState.Deferred));
        var silent = await DecidedAsync(_texts.Dequeue());
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await Successor.InDoubt(_portal, _provider).MarkSilentAsync(default);
        await SendAsync(async _ =>
        {
            await CancelAsync();
            return new SendOutcome.Throttled(TimeSpan.FromSeconds(5));
        });
        await Successor.Outcomes(_portal).CommitAsync([(silent, new SendOutcome.Throttled(TimeSpan.FromSeconds(5)))], default);
        await DieAsync();
    }

    /// <summary>Decided on and handed to nobody: its process stands still.</summary>
    private async Task<AllowedText> DecidedAsync(OutboundMessage text)
    {
        await DueAsync(text);
        var allowed = Assert.Single((await Successor.Decisions(_portal).CommitAsync([text.Id], default)).Allowed);
        _portal.Get<SendingGate>().Leave(allowed.SubscriberId);
        return allowed;
    }

    private async Task CancelAsync() =>
        Assert.Null((await _portal.Get<CancelCampaign>().ExecuteAsync(_desk.Author, _campaign, "It is not wanted any more.", default)).Failure);

    private async Task<SendOutcome> LateAsync(SendOutcome outcome)
    {
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await Successor.InDoubt(_portal, _provider).MarkSilentAsync(default) > 0);
        return outcome;
    }

    private async Task<OutboundMessage> SendAsync(Func<OutgoingText, Task<SendOutcome>>? answer, bool drain = true)
    {
        var text = _texts.Dequeue();
        await DueAsync(text);
        _provider.Next = answer;
        if (drain)
            await DispatchAsync();
        else
            await _dispatcher.DispatchOnceAsync(default);
        return text;
    }

    private static Task<SendOutcome> Now(SendOutcome outcome) => Task.FromResult(outcome);

    private Task<int> DueAsync(params OutboundMessage[] texts)
    {
        var ids = texts.Select(t => t.Id).ToList();
        return _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, _portal.Now)), default);
    }

    private Task ReceiveAsync(OutboundMessage text, DeliveryStatus word) => _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
        Vonage, new DeliveryReceipt($"id-{text.Id}", text.ClientRef, word, word is DeliveryStatus.Failed ? "1000" : null, null, _portal.Now, 1, null, $"{text.Id} {word}"), default);

    /// <summary>Puts a text where it has to be, which is no change of its own.</summary>
    private async Task QuietlyAsync(OutboundMessage text, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<OutboundMessage>> change)
    {
        _watch.End();
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text.Id).ExecuteUpdateAsync(change), default);
        await WatchAsync();
    }

    private async Task WatchAsync()
    {
        await using var db = _portal.Database.Open();
        await db.Database.OpenConnectionAsync();
        _watch.Begin(_portal.Folder, db.Database.GetDbConnection(), () => _provider.Taken);
    }

    private async Task DispatchAsync()
    {
        while (await _dispatcher.DispatchOnceAsync(default) > 0)
        {
        }
    }

    private async Task DieAsync()
    {
        foreach (var death in _watch.Collect())
            await Successor.GoesOnAsync(death, _portal.Now);
    }
}
