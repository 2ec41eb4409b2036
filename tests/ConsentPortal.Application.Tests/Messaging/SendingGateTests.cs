using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class SendingGateTests
{
    private static readonly SubscriberId Ada = new(Guid.CreateVersion7());

    private readonly SendingGate _gate = new();

    [Fact]
    public async Task A_withdrawal_calls_back_a_text_that_still_waits_for_its_turn()
    {
        _gate.Enter(Ada);

        await _gate.WaitAsync(Ada, default);

        Assert.False(_gate.TryPass(Ada));
    }

    [Fact]
    public async Task A_withdrawal_waits_for_a_text_that_is_on_its_way()
    {
        _gate.Enter(Ada);
        Assert.True(_gate.TryPass(Ada));

        var waiting = _gate.WaitAsync(Ada, default);
        Assert.False(waiting.IsCompleted);
        _gate.Leave(Ada);

        await waiting;
    }

    [Fact]
    public async Task A_second_withdrawal_need_not_wait_for_a_text_that_was_called_back()
    {
        _gate.Enter(Ada);
        await _gate.WaitAsync(Ada, default);

        Assert.True(_gate.WaitAsync(Ada, default).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_text_passes_once_and_only_while_it_is_decided_on()
    {
        Assert.False(_gate.TryPass(Ada));
        _gate.Enter(Ada);
        Assert.True(_gate.TryPass(Ada));
        Assert.False(_gate.TryPass(Ada));
    }
}
