using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Messaging.Simulator;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>
/// What another process has committed since a text was decided on. The texts here stand for those of a process whose gate the portal of
/// the test does not have; what the portal's own use cases commit comes from "another one".
/// </summary>
public sealed class LastLookTests : IAsyncLifetime
{
    private const string Number = "+12125552368";

    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync(Number);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_never_text_entry_of_another_process_keeps_back_a_text_that_rests_on_no_consent()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        var ours = new SendingGate();
        ours.Enter(_person);
        var text = await TextAsync(restsOnConsent: false);
        await NeverTextAsync();

        var (_, outcome) = Assert.Single(await new HandOver(_portal.Database, ours, provider.Client, _portal.Clock, NullLogger<HandOver>.Instance).ExecuteAsync([text], default));

        Assert.IsType<SendOutcome.Withheld>(outcome);
        Assert.Empty(provider.Simulator.Journal.Page(0, 10));
    }

    [Fact]
    public async Task A_text_leaves_in_spite_of_a_stop_that_its_decision_knew()
    {
        await NeverTextAsync();

        Assert.True(await Look().MayLeaveAsync(await TextAsync(restsOnConsent: false, SuppressionScope.All), default));
        Assert.False(await Look().MayLeaveAsync(await TextAsync(restsOnConsent: false, SuppressionScope.Marketing), default));
    }

    [Fact]
    public async Task A_stop_to_another_purpose_keeps_nothing_back()
    {
        var other = await _portal.AddPurposeAsync("News");
        await NeverTextAsync(new SuppressionReach(SuppressionScope.Purpose, other.Id));

        Assert.True(await Look().MayLeaveAsync(await TextAsync(restsOnConsent: false), default));
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("restricted")]
    [InlineData("erased")]
    [InlineData("another number")]
    public async Task What_another_process_did_to_the_person_keeps_the_text_back(string act)
    {
        await _portal.ConsentAsync(_person);
        var text = await TextAsync(restsOnConsent: true);
        Assert.True(await Look().MayLeaveAsync(text, default));

        await (act switch
        {
            "withdrawn" => _portal.Database.WriteAsync(db => db.ConsentRecords.ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, ConsentStatus.Withdrawn)), default),
            "restricted" => _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default),
            "erased" => _portal.EraseAsync(_person),
            _ => _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.CurrentPeriodId, NumberPeriodId.New(_portal.Now))), default),
        });

        Assert.False(await Look().MayLeaveAsync(text, default));
    }

    [Fact]
    public async Task Texts_that_are_about_to_leave_share_one_question()
    {
        var (kind, look) = Counting(_portal.Clock);
        var text = await TextAsync(restsOnConsent: true);

        var allWait = new TaskCompletionSource();
        kind.OnOpen = opened => opened == 1 ? allWait.Task : Task.CompletedTask;

        List<Task<bool>> answers = [.. Enumerable.Range(0, 200).Select(i => look.MayLeaveAsync(text with { MessageId = i }, default))];
        allWait.SetResult();

        Assert.All(await Task.WhenAll(answers), Assert.True);
        Assert.InRange(kind.Opened, 1, 2);
    }

    [Fact]
    public async Task A_text_whose_turn_comes_while_a_question_is_under_way_gets_its_answer_from_the_next()
    {
        var (kind, look) = Counting(_portal.Clock);
        var text = await TextAsync(restsOnConsent: false);
        Task<bool>? second = null;
        kind.OnOpen = async opened =>
        {
            if (opened != 1)
                return;
            second = look.MayLeaveAsync(text with { MessageId = 2 }, default);
            await NeverTextAsync();
        };

        await look.MayLeaveAsync(text, default);

        Assert.False(await second!);
        Assert.Equal(2, kind.Opened);
    }

    [Fact]
    public async Task An_answer_that_has_grown_old_in_a_stalled_process_is_asked_for_again()
    {
        var (kind, look) = Counting(new StallingClock());

        Assert.True(await look.MayLeaveAsync(await TextAsync(restsOnConsent: false), default));

        Assert.Equal(2, kind.Opened);
    }

    private LastLook Look() => new(_portal.Database, _portal.Clock, NullLogger.Instance);

    private (CountingKind Kind, LastLook Look) Counting(TimeProvider clock)
    {
        var kind = new CountingKind(_portal.Get<IDatabaseKind>());
        return (kind, new LastLook(new PortalDatabase(_portal.Get<IServiceProvider>(), kind), clock, NullLogger.Instance));
    }

    private async Task NeverTextAsync(SuppressionReach? reach = null) => Assert.True((await _portal.Get<AddSuppression>().ExecuteAsync(
        _portal.Staff, new PhoneNumber(Number, "US"), reach ?? new SuppressionReach(SuppressionScope.All), "Asked at the till never to be texted", default)).IsSuccess);

    private async Task<AllowedText> TextAsync(bool restsOnConsent, SuppressionScope? stop = null)
    {
        await using var db = _portal.Database.Open();
        var period = await db.Subscribers.Where(s => s.Id == _person).Select(s => s.CurrentPeriodId).SingleAsync();
        return new AllowedText(
            1, _person, new SendGround(_portal.Offers, restsOnConsent, stop, IsRestricted: false, period), new OutgoingText("r1", Number, "+12025550111", "Hello", IsUnicode: false), "me", 1,
            HandOverTime.Of(TimeSpan.FromMinutes(1), _portal.Clock));
    }

    /// <summary>Counts how often the database is opened, which is once for each question.</summary>
    private sealed class CountingKind(IDatabaseKind inner) : IDatabaseKind
    {
        private int _opened;

        public int Opened => _opened;

        public Func<int, Task>? OnOpen { get; set; }

        public string Name => inner.Name;

        public bool HasOneWriter => inner.HasOneWriter;

        public PortalDbContext Open(IServiceProvider services)
        {
            var opened = Interlocked.Increment(ref _opened);
            OnOpen?.Invoke(opened).Wait();
            return inner.Open(services);
        }
    }

    /// <summary>Lets a second pass between the first answer and the look at how old it is.</summary>
    private sealed class StallingClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => PeoplePortal.Noon;

        public override long GetTimestamp() => ++_asked < 2 ? 0 : TimestampFrequency;
    }
}
