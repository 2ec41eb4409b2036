namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// Delivers webhooks to their addresses: at most <see cref="Slots"/> at a time, each first attempt in its turn and each
/// repetition on its own, as the provider does.
/// </summary>
internal sealed class SimulatorWebhooks(
    SimulatorAccount account, SimulatorTargets targets, Func<SimulatorOptions> options, SimulatorJournal journal, TimeProvider clock) : IAsyncDisposable
{
    private const int Slots = 64;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    private readonly SimulatorSigner _signer = new(account, clock);
    private readonly SemaphoreSlim _slots = new(Slots);
    private readonly CancellationTokenSource _stop = new();
    private readonly EvenShare _duplicates = new();
    private readonly EvenShare _reordered = new();
    private readonly EvenShare _lost = new();
    private readonly EvenShare _unsigned = new();
    private readonly EvenShare _wronglySigned = new();
    private readonly EvenShare _wrongHash = new();
    private readonly EvenShare _stale = new();
    private readonly EvenShare _lostInbound = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(3), AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = Slots,
    })
    {
        Timeout = AnswerTime,
    };

    private int _pending;

    /// <summary>Texts and replies whose webhooks are not all delivered or given up.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Starts the receipts of one text and returns.</summary>
    public void Tell(SimulatedText text, SimulatedFate fate) => Run(() => TellAsync(text, fate, isEarly: false));

    /// <summary>Delivers the receipts of one text at once; used when they shall overtake the answer.</summary>
    public async Task TellEarlyAsync(SimulatedText text, SimulatedFate fate)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            await TellAsync(text, fate, isEarly: true);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    public void Tell(SimulatedReply reply, SimulatedArrival arrival) => Run(async () =>
    {
        foreach (var webhook in SimulatorWebhook.Reply(reply, arrival, options().InboundBySmsApi, account))
        {
            if (!_lostInbound.Strikes(options().LostInbound))
                await DeliverAsync(webhook, arrival.SignedAgo);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _http.Dispose();
    }

    private async Task TellAsync(SimulatedText text, SimulatedFate fate, bool isEarly)
    {
        if (fate.IsSilent)
            return;
        var settings = options();
        var words = new List<string> { "submitted" };
        if (fate.Final is { } final)
            words.Add(final);
        if (_reordered.Strikes(settings.Reordered))
            words.Reverse();
        TimeSpan[] moments = isEarly ? [TimeSpan.Zero, TimeSpan.Zero] : [settings.SubmittedAfter, settings.DeliveredAfter];
        var waited = TimeSpan.Zero;
        foreach (var (word, moment) in words.Zip(moments))
        {
            if (moment > waited)
                await Task.Delay(moment - waited, clock, _stop.Token);
            waited = moment > waited ? moment : waited;
            await TellAsync(text, word, fate);
        }
    }

    private async Task TellAsync(SimulatedText text, string word, SimulatedFate fate)
    {
        var settings = options();
        journal.Change(text.MessageId, known => known with { Status = word == "submitted" && known.Status != "accepted" ? known.Status : word, Error = fate.Error });
        var reached = word == "submitted" ? text : text with { Error = fate.Error };
        foreach (var receipt in SimulatorWebhook.Receipts(reached, word, fate, settings, account, clock.GetUtcNow()))
        {
            if (_lost.Strikes(settings.Lost))
                continue;
            await DeliverAsync(receipt);
            if (_duplicates.Strikes(settings.Duplicates))
                await DeliverAsync(receipt);
        }
    }

    private async Task DeliverAsync(SimulatorWebhook webhook, TimeSpan signedAgo = default)
    {
        var settings = options();
        var lasting = _wronglySigned.Strikes(settings.WronglySigned) ? Signing.Wrong : _wrongHash.Strikes(settings.WrongHash) ? Signing.WrongHash : Signing.Right;
        var first = _unsigned.Strikes(settings.Unsigned) ? new Signature(Signing.Missing)
            : signedAgo > TimeSpan.Zero ? new Signature(Signing.Stale, signedAgo)
            : _stale.Strikes(settings.Stale) ? new Signature(Signing.Stale, settings.StaleBy)
            : new Signature(lasting);
        if (!await AttemptAsync(webhook, first))
            Run(() => RepeatAsync(webhook, new Signature(lasting), settings.RetryPauses));
    }

    private async Task RepeatAsync(SimulatorWebhook webhook, Signature signature, IReadOnlyList<TimeSpan> pauses)
    {
        foreach (var pause in pauses)
        {
            await Task.Delay(pause, clock, _stop.Token);
            if (await AttemptAsync(webhook, signature))
                return;
        }
    }

    /// <returns>True when nothing is left to do: it was taken, or refused in a way that a repetition would not change.</returns>
    private async Task<bool> AttemptAsync(SimulatorWebhook webhook, Signature signature)
    {
        if ((webhook.IsInbound ? targets.Inbound() : targets.Status()) is not { } target)
            return false;
        await _slots.WaitAsync(_stop.Token);
        try
        {
            using var request = _signer.Request(webhook, target, signature, options().SmsForwarding);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            return response.IsSuccessStatusCode || ((int)response.StatusCode is not (429 or >= 500) && !options().RepeatsRefused);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            return false;
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Run(Func<Task> work)
    {
        Interlocked.Increment(ref _pending);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception problem) when (_stop.IsCancellationRequested && problem is OperationCanceledException or ObjectDisposedException)
            {
                // The simulator is being stopped; what it had not delivered is lost, as with any provider that goes away.
            }
            finally
            {
                Interlocked.Decrement(ref _pending);
            }
        });
    }
}
