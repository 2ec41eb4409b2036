using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Policy;

/// <summary>The clock stands at noon in New York; the safe preset lets texts go from 09:00 to 20:00 there.</summary>
public sealed class SimulatePolicyTests : IAsyncLifetime
{
    private const string First = "+12125552368";
    private const string Second = "+12125552369";
    private const string Third = "+12125552370";

    private PolicyDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await PolicyDesk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_text_that_went_at_noon_would_have_waited_under_a_policy_that_ends_at_eleven()
    {
        var message = await _desk.DecideAsync(await _desk.AddPersonAsync(First));

        var (version, simulation) = await SimulateAsync(PolicyDesk.MorningsOnly);

        Assert.Equal((1, 0, 1, 0), (simulation.Judged, simulation.Same, simulation.Would(DecisionKind.Defer), simulation.NotReproduced));
        Assert.Equal([new SimulatedChange(DecisionKind.Allow, DecisionKind.Defer, SendReason.QuietHours, "P-03", 1)], simulation.Changes);
        var row = Assert.Single(await _desk.ListAsync(new SimulatedTextQuery(version, DecisionKind.Allow, DecisionKind.Defer, "P-03")));
        Assert.Equal((message, "+1 212 ••• 2368", DecisionKind.Defer), (row.MessageId, row.MaskedPhone, row.Would));
        Assert.True(row.Until > _desk.Portal.Now);
        Assert.Empty(await _desk.ListAsync(new SimulatedTextQuery(version, DecisionKind.Allow, DecisionKind.Block)));
    }

    [Fact]
    public async Task A_closed_country_would_have_stopped_what_went_and_a_laxer_preset_let_go_what_waited()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        // Half past eight in the evening: outside the safe preset, inside the federal hours.
        _desk.Portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 1, 30, 0, TimeSpan.Zero));
        var waiting = await _desk.DecideAsync(await _desk.AddPersonAsync(Second));
        Assert.Equal(MessageState.Deferred, (await _desk.FindAsync(waiting)).State);

        var (version, lax) = await SimulateAsync(s => s with { Preset = PolicyPreset.Statute });
        await _desk.EditAsync(version, s => s with { Countries = new Dictionary<string, CountryOverride> { ["US"] = new(IsAllowed: false) } });
        var closed = (await _desk.SimulateAsync(version)).Value;

        Assert.Equal((2, 1, 1), (lax.Judged, lax.Same, lax.WouldAllow));
        Assert.Equal((1, 1, 0), (closed.Would(DecisionKind.Block), closed.OtherwiseHeld, closed.Same));
    }

    [Fact]
    public async Task Facts_are_those_of_the_instant_whatever_happened_since()
    {
        var id = await _desk.AddPersonAsync(First);
        var message = await _desk.DecideAsync(id);
        _desk.Portal.Clock.Advance(TimeSpan.FromDays(1));
        await _desk.DecideAsync(id);
        _desk.Portal.Clock.Advance(TimeSpan.FromDays(1));
        await _desk.Portal.Get<ChangePreferences>().ExecuteAsync(_desk.Author, id, new PreferenceWish(FrequencyPreference.UrgentOnly, null, null, "Said on the phone"), default);
        await _desk.Portal.Get<WithdrawConsent>().ExecuteAsync(
            _desk.Author, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _desk.Portal.Now), default);
        _desk.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.DecideAsync(id);

        var (_, simulation) = await SimulateAsync(s => s with { MaxParts = 9 });

        Assert.Equal((3, 3, 0), (simulation.Judged, simulation.Same, simulation.NotReproduced));
        var past = (await _desk.Portal.Get<PastDecisions>().GetAsync(_desk.Author, id, message, default)).Value;
        Assert.Equal((DecisionKind.Allow, null, 15), (past.Again!.Kind, past.Lost, past.Again.Gates.Count));
        Assert.Equal((await _desk.FindAsync(message)).ConsentEventId, past.Again.ConsentEventId);
    }

    [Fact]
    public async Task Texts_that_had_gone_by_then_count_and_later_ones_do_not()
    {
        // Past Thanksgiving, on which no text goes.
        _desk.Portal.Clock.Advance(TimeSpan.FromDays(6));
        var id = await _desk.AddPersonAsync(First);
        for (var day = 0; day < 3; day++, _desk.Portal.Clock.Advance(TimeSpan.FromHours(26)))
            await _desk.DecideAsync(id);

        var (_, simulation) = await SimulateAsync(s => s with { Caps = [new HouseCap(1, TimeSpan.FromDays(2))] });

        Assert.Equal((3, 1, 2), (simulation.Judged, simulation.Same, simulation.Would(DecisionKind.Defer)));
        Assert.Equal("P-02", simulation.Changes.Single().Rule);
    }

    [Fact]
    public async Task A_refused_text_is_reproduced_with_its_rule()
    {
        var id = await _desk.Portal.AddPersonAsync(First);
        var message = await _desk.DecideAsync(id);
        _desk.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.Portal.ConsentAsync(id);

        var past = (await _desk.Portal.Get<PastDecisions>().GetAsync(_desk.Author, id, message, default)).Value;

        Assert.Equal((DecisionKind.Block, null), (past.Again!.Kind, past.Lost));
        Assert.Equal(past.Stored.Rule, past.Again.Deciding!.Value.Rule.Id);
        Assert.Equal(past.Stored.FailedGates, past.Again.FailedGates);
    }

    [Fact]
    public async Task A_decision_that_does_not_come_out_again_is_counted_and_shown_and_claims_nothing()
    {
        var message = await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        await _desk.Portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == message).ExecuteUpdateAsync(m => m.SetProperty(x => x.DecisionKind, (int)DecisionKind.Block).SetProperty(x => x.Rule, "US-09")), default);

        var (version, simulation) = await SimulateAsync(PolicyDesk.MorningsOnly);

        Assert.Equal((1, 0, 1, 0), (simulation.Judged, simulation.Same, simulation.NotReproduced, simulation.Changed));
        var row = Assert.Single(await _desk.ListAsync(new SimulatedTextQuery(version, Lost: LostDecision.OtherAnswer)));
        Assert.Equal((DecisionKind.Block, DecisionKind.Allow, null), (row.Was, row.Again, row.Would));
    }

    [Fact]
    public async Task A_text_that_was_stopped_while_it_waited_is_no_decision_of_the_policy_any_more()
    {
        _desk.Portal.Clock.Advance(TimeSpan.FromHours(12));
        var id = await _desk.AddPersonAsync(First);
        await _desk.DecideAsync(id);
        _desk.Portal.Clock.Advance(TimeSpan.FromHours(1));
        await _desk.Portal.Get<WithdrawConsent>().ExecuteAsync(
            _desk.Author, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _desk.Portal.Now), default);

        var (_, simulation) = await SimulateAsync(PolicyDesk.MorningsOnly);

        Assert.Equal([new LostDecisions(LostDecision.StoppedMeanwhile, 1)], simulation.Lost);
    }

    [Fact]
    public async Task Of_erased_people_and_earlier_numbers_nothing_is_guessed()
    {
        var erased = await _desk.AddPersonAsync(First);
        var moved = await _desk.AddPersonAsync(Second);
        await _desk.DecideAsync(erased);
        await _desk.DecideAsync(moved);
        await _desk.Portal.EraseAsync(erased);
        await MoveAsync(moved);

        var (version, simulation) = await SimulateAsync(PolicyDesk.MorningsOnly);

        Assert.Equal([new LostDecisions(LostDecision.Erased, 1), new LostDecisions(LostDecision.NumberChanged, 1)], simulation.Lost);
        Assert.Equal("Erased", Assert.Single(await _desk.ListAsync(new SimulatedTextQuery(version, Lost: LostDecision.Erased))).MaskedPhone);
    }

    [Fact]
    public async Task Older_texts_and_texts_on_which_no_rule_decided_are_left_out()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        _desk.Portal.Clock.Advance(TimeSpan.FromDays(SimulatePolicy.Days) + TimeSpan.FromMinutes(1));
        var young = await _desk.AddPersonAsync(Second);
        await _desk.DecideAsync(young);
        await _desk.Portal.SendAsync(await _desk.AddPersonAsync(Third), _desk.Portal.Now, MessageState.Skipped);

        var (_, simulation) = await SimulateAsync(s => s with { MaxParts = 9 });

        Assert.Equal(1, simulation.Judged);
    }

    [Fact]
    public async Task A_simulation_that_is_stopped_leaves_nothing()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        var version = await DraftAsync(PolicyDesk.MorningsOnly);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.SimulateAsync(version, new Stopping(stop, after: 1), stop.Token));

        await using var db = _desk.Portal.Database.Open();
        Assert.Equal((0, null), (await db.SimulatedTexts.CountAsync(), (await _desk.ViewAsync(version)).Simulation));
    }

    [Fact]
    public async Task One_simulation_runs_at_a_time_in_this_process_and_in_others()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        var version = await DraftAsync(PolicyDesk.MorningsOnly);
        var hash = (await _desk.ViewAsync(version)).Hash!;
        using var elsewhere = new SimulatePolicy(_desk.Portal.Database, _desk.Portal.Get<PastFactsReader>(), new Leases(_desk.Portal.Database, _desk.Portal.Clock), _desk.Portal.Clock);
        var meanwhile = new Meanwhile(() => [_desk.SimulateAsync(version), elsewhere.ExecuteAsync(_desk.Author, version, hash, new Progress<SimulationProgress>(), default)]);

        var first = await _desk.SimulateAsync(version, meanwhile);

        Assert.True(first.IsSuccess);
        Assert.All(await Task.WhenAll(meanwhile.Others), other => Assert.IsType<SimulationRunsAlready>(other.Failure));
        // Whoever waited for the end has their turn at once.
        Assert.True((await elsewhere.ExecuteAsync(_desk.Author, version, hash, new Progress<SimulationProgress>(), default)).IsSuccess);
    }

    [Fact]
    public async Task The_draft_knows_of_a_run_until_it_has_a_result()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        var version = await DraftAsync(PolicyDesk.MorningsOnly);
        SimulationRunState? during = null;
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.SimulateAsync(version, new Stopping(stop, after: 1), stop.Token));
        var stopped = await _desk.ViewAsync(version);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => _desk.SimulateAsync(version, new Meanwhile(() => throw new TimeZoneNotFoundException())));
        var failed = (await _desk.ViewAsync(version)).Run!.State;
        var meanwhile = new Meanwhile(() => [SeeAsync()]);
        Assert.True((await _desk.SimulateAsync(version, meanwhile)).IsSuccess);
        await Task.WhenAll(meanwhile.Others);

        Assert.Equal((SimulationRunState.Stopped, "Mara Lindt"), (stopped.Run!.State, stopped.RunBy));
        Assert.Equal(SimulationRunState.Failed, failed);
        Assert.Equal(SimulationRunState.Running, during);
        Assert.Null((await _desk.ViewAsync(version)).Run);

        async Task<Result<PolicySimulation>> SeeAsync()
        {
            during = (await _desk.ViewAsync(version)).Run?.State;
            return new PolicyNotFound();
        }
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_was_interrupted_and_one_of_another_text_is_forgotten()
    {
        var version = await DraftAsync(PolicyDesk.MorningsOnly);
        var hash = (await _desk.ViewAsync(version)).Hash!;
        await _desk.Portal.Database.WriteAsync(
            async db => Assert.True((await db.Policies.SingleAsync(p => p.Version == version)).Begin(new SimulationRun(SimulationRunState.Running, _desk.Portal.Now, Guid.Parse(_desk.Author.Id), hash)).IsSuccess), default);

        Assert.Equal(SimulationRunState.Interrupted, (await _desk.ViewAsync(version)).Run!.State);
        await _desk.EditAsync(version, s => s with { MaxParts = 3 });
        Assert.Null((await _desk.ViewAsync(version)).Run);
    }

    /// <summary>A result that was stored before runs were.</summary>
    [Fact]
    public async Task A_result_that_stands_alone_is_still_read()
    {
        var (version, simulation) = await SimulateAsync(PolicyDesk.MorningsOnly);
        await _desk.Portal.Database.WriteAsync(
            async db =>
            {
                var stored = JsonDocument.Parse((await db.Policies.SingleAsync(p => p.Version == version)).SimulationJson!).RootElement.GetProperty("finished").GetRawText();
                await db.Policies.Where(p => p.Version == version).ExecuteUpdateAsync(p => p.SetProperty(x => x.SimulationJson, stored));
            },
            default);

        Assert.Equal(simulation.Id, (await _desk.ViewAsync(version)).Simulation!.Id);
    }

    [Fact]
    public async Task A_second_simulation_takes_the_place_of_the_first()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        var (version, _) = await SimulateAsync(PolicyDesk.MorningsOnly);

        var again = (await _desk.SimulateAsync(version)).Value;

        await using var db = _desk.Portal.Database.Open();
        Assert.Equal(again.Id, (await db.SimulatedTexts.SingleAsync()).SimulationId);
    }

    [Fact]
    public async Task A_draft_that_is_edited_meanwhile_keeps_no_simulation()
    {
        await _desk.DecideAsync(await _desk.AddPersonAsync(First));
        var version = await DraftAsync(PolicyDesk.MorningsOnly);
        var seen = (await _desk.ViewAsync(version)).Hash!;
        await _desk.EditAsync(version, s => s with { MaxParts = 3 });

        Assert.IsType<DraftChangedMeanwhile>((await _desk.Portal.Get<SimulatePolicy>().ExecuteAsync(_desk.Author, version, seen, new Progress<SimulationProgress>(), default)).Failure);
    }

    private async Task<(int Version, PolicySimulation Simulation)> SimulateAsync(Func<PolicySettings, PolicySettings> edit)
    {
        var version = await DraftAsync(edit);
        return (version, (await _desk.SimulateAsync(version)).Value);
    }

    private async Task<int> DraftAsync(Func<PolicySettings, PolicySettings> edit)
    {
        var version = await _desk.StartAsync();
        Assert.Null((await _desk.EditAsync(version, edit)).Failure);
        return version;
    }

    /// <summary>Ends the period of a number and begins one of another.</summary>
    private Task MoveAsync(SubscriberId id) => _desk.Portal.Database.WriteAsync(
        async db =>
        {
            var (person, next) = (await db.Subscribers.SingleAsync(s => s.Id == id), NumberPeriodId.New(_desk.Portal.Now));
            (await db.NumberPeriods.SingleAsync(p => p.SubscriberId == id)).To = _desk.Portal.Now.AddMinutes(1);
            db.NumberPeriods.Add(new Application.Subscribers.NumberPeriod { Id = next, SubscriberId = id, PhoneHash = new byte[32], From = _desk.Portal.Now.AddMinutes(1) });
            person.CurrentPeriodId = next;
        },
        default);

    /// <summary>Begins something else when the work reports for the first time.</summary>
    private sealed class Meanwhile(Func<Task<Result<PolicySimulation>>[]> begin) : IProgress<SimulationProgress>
    {
        public Task<Result<PolicySimulation>>[] Others { get; private set; } = [];

        public void Report(SimulationProgress value)
        {
            if (Others.Length == 0)
                Others = begin();
        }
    }

    /// <summary>Stops the work once it has reported so often.</summary>
    private sealed class Stopping(CancellationTokenSource stop, int after) : IProgress<SimulationProgress>
    {
        private int _reports;

        public void Report(SimulationProgress value)
        {
            if (++_reports > after)
                stop.Cancel();
        }
    }
}
