using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Consent;

/// <summary>What every sequence of consent events obeys, for random sequences of one person and one purpose.</summary>
public sealed class ConsentStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ConsentEvent[]> Histories =
        from acts in Gen.Select(Gen.Int[1, 8], Gen.Bool, Gen.Int[0, 3], Gen.Int[1, 4]).Array[0, 12]
        select acts.Select((a, i) => Event(i + 1, (ConsentEventKind)a.Item1, a.Item2, supersedes: i - a.Item3, (ConsentLevel)a.Item4)).ToArray();

    [Fact]
    public void Folding_one_event_at_a_time_comes_to_the_same_as_folding_all() => Histories.Sample(history =>
    {
        var state = ConsentState.None;
        for (var i = 0; i < history.Length; i++)
        {
            state = state.Apply(history[i]);
            Assert.Equal(ConsentState.From(history.Take(i + 1)), state);
        }
    });

    [Fact]
    public void A_standing_lasts_since_the_act_that_brought_it_and_saying_it_again_does_not_renew_it()
    {
        ConsentEvent[] history = [Event(1, ConsentEventKind.Granted, true, 0), Event(2, ConsentEventKind.Withdrawn, true, 0), Event(3, ConsentEventKind.Withdrawn, true, 0)];

        Assert.Equal(history[0].At, ConsentState.From(history.Take(1)).Since);
        Assert.Equal(history[1].At, ConsentState.From(history.Take(2)).Since);
        Assert.Equal(history[1].At, ConsentState.From(history).Since);
    }

    [Fact]
    public void Nothing_leads_from_withdrawn_to_granted_without_an_act_of_the_person() => Histories.Sample(history =>
    {
        var withoutActs = history.Select((e, i) => Event(e.Id, e.Kind, isActOfPerson: false, e.SupersedesId ?? 0, e.Level)).ToArray();
        var isWithdrawn = false;
        var state = ConsentState.None;
        foreach (var e in withoutActs)
        {
            state = state.Apply(e);
            isWithdrawn |= state.Status is ConsentStatus.Withdrawn or ConsentStatus.Voided;
            Assert.False(isWithdrawn && state.Status is not (ConsentStatus.Withdrawn or ConsentStatus.Voided), $"{e.Kind} lifted a withdrawal");
        }
    });

    [Fact]
    public void A_mistake_taken_back_lifts_no_withdrawal_and_grants_nothing() => Histories.Sample(history =>
    {
        var before = ConsentState.From(history);
        var after = before.Apply(Event(99, ConsentEventKind.Retracted, isActOfPerson: false, supersedes: before.GrantEventId ?? 0));
        if (before.Status is ConsentStatus.Granted or ConsentStatus.Pending)
            Assert.Equal(ConsentState.None, after);
        else
            Assert.Equal(before, after);
    });

    [Fact]
    public void A_consent_that_rests_on_something_else_stays_when_a_mistake_is_taken_back()
    {
        var granted = ConsentState.From([Event(1, ConsentEventKind.Granted, true, 0), Event(2, ConsentEventKind.Renewed, true, 1)]);

        Assert.Equal(granted, granted.Apply(Event(3, ConsentEventKind.Retracted, false, supersedes: 1)));
    }

    [Fact]
    public void Only_a_granted_state_names_the_event_that_granted_it() => Histories.Sample(history =>
    {
        var state = ConsentState.From(history);
        Assert.Equal(state.Status == ConsentStatus.Granted, state.GrantEventId is not null);
    });

    [Theory]
    [InlineData(ConsentEventKind.Granted)]
    [InlineData(ConsentEventKind.Confirmed)]
    public void A_stronger_consent_over_one_in_force_becomes_the_one_that_decides(ConsentEventKind kind)
    {
        var implied = ConsentState.From([Event(1, ConsentEventKind.Granted, true, 0, ConsentLevel.Implied)]);

        var written = implied.Apply(Event(2, ConsentEventKind.Requested, true, 0, ConsentLevel.ExpressWritten)).Apply(Event(4, kind, true, 0, ConsentLevel.ExpressWritten));

        Assert.Equal((ConsentStatus.Granted, ConsentLevel.ExpressWritten, 4L, Start.AddHours(4)), (written.Status, written.Level, written.GrantEventId, written.GrantedAt));
        Assert.Equal(implied.Since, written.Since);
    }

    [Fact]
    public void A_weaker_or_shorter_consent_over_one_in_force_decides_nothing()
    {
        var written = ConsentState.From([Event(1, ConsentEventKind.Granted, true, 0)]);

        Assert.Equal(written, written.Apply(Event(2, ConsentEventKind.Granted, true, 0, ConsentLevel.Implied)));
        Assert.Equal(written, written.Apply(Event(3, ConsentEventKind.Granted, true, 0)));
        Assert.Equal(4, written.Apply(Event(4, ConsentEventKind.Granted, true, 0)).GrantEventId);
    }

    [Fact]
    public void What_comes_after_a_consent_has_run_out_decides_however_weak_it_is()
    {
        var written = ConsentState.From([Event(3, ConsentEventKind.Granted, true, 0)]);

        Assert.Equal((70L, ConsentLevel.Implied), written.Apply(Event(70, ConsentEventKind.Granted, true, 0, ConsentLevel.Implied)) is var after ? (after.GrantEventId!.Value, after.Level) : default);
    }

    [Fact]
    public void A_consent_in_force_never_becomes_weaker_by_another_one() => Histories.Sample(history =>
    {
        var state = ConsentState.None;
        foreach (var e in history)
        {
            var next = state.Apply(e);
            if (state.StatusAt(e.At) == ConsentStatus.Granted && next.Status == ConsentStatus.Granted && e.Kind != ConsentEventKind.Renewed)
                Assert.True(next.Level >= state.Level, $"{e.Kind} of level {e.Level} took the place of level {state.Level}");
            state = next;
        }
    });

    [Fact]
    public void A_withdrawal_ends_whatever_there_was() => Histories.Sample(history =>
        Assert.Equal(ConsentStatus.Withdrawn, ConsentState.From([.. history, Event(99, ConsentEventKind.Withdrawn, false, 0)]).Status));

    private static ConsentEvent Event(long id, ConsentEventKind kind, bool isActOfPerson, long supersedes, ConsentLevel level = ConsentLevel.ExpressWritten) => new()
    {
        Id = id, Kind = kind, IsActOfPerson = isActOfPerson, SubscriberId = default, PurposeId = default, NumberPeriodId = default, Basis = LegalBasis.Consent,
        Level = level, Channel = ConsentChannel.Keyword, At = Start.AddHours(id), RecordedAt = Start.AddHours(id), ActorKind = ActorKind.Provider,
        ActorId = "vonage", SupersedesId = supersedes > 0 ? supersedes : null, ExpiresAt = id % 3 == 0 ? Start.AddHours(id + 48) : null,
    };
}
