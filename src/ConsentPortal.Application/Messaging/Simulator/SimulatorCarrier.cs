using ConsentPortal.Domain.Messaging;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>A text as one of the two APIs handed it in, already checked.</summary>
internal sealed record OfferedText(string To, string From, string Text, string? ClientRef, bool IsSmsApi);

/// <summary>Takes texts for both APIs: writes them into the journal, gives the answer its accidents, and starts the receipts.</summary>
internal sealed class SimulatorCarrier(SimulatorJournal journal, SimulatorBlocks blocks, SimulatorWebhooks webhooks, Func<SimulatorOptions> options, TimeProvider clock)
{
    private readonly RequestBudget _budget = new(clock);
    private readonly EvenShare _early = new();
    private readonly EvenShare _resets = new();
    private readonly EvenShare _htmlAnswers = new();
    private readonly EvenShare _serverErrors = new();
    private readonly EvenShare _serverErrorsAfterAcceptance = new();

    public bool IsTooFast() => !_budget.TryTake(options().RequestsPerSecond);

    /// <summary>The HTTP status with which the text is refused, because of its recipient or of everything at present; null to take it.</summary>
    public int? Refusal(string to) => SimulatedFate.Refusal(to) ?? (options().Refusal is > 0 and var status ? status : FailsBefore() ? StatusCodes.Status500InternalServerError : null);

    private bool FailsBefore() => _serverErrors.Strikes(options().ServerErrors);

    public SimulatedText Take(OfferedText offered)
    {
        var now = clock.GetUtcNow();
        var parts = SmsMeasure.Of(offered.Text).Parts;
        var ids = Enumerable.Range(0, offered.IsSmsApi ? parts : 1).Select(_ => NewId(offered.IsSmsApi && options().HexadecimalIds, now)).ToArray();
        return journal.Add(number => new SimulatedText(number, ids[0], offered.ClientRef, offered.To, offered.From, offered.Text, now, "accepted")
        {
            Ids = ids, Parts = parts, IsSmsApi = offered.IsSmsApi,
        });
    }

    // The end of such an id is random, its beginning is the time.
    private static string NewId(bool isHexadecimal, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return isHexadecimal ? $"0A{id.ToString("N").ToUpperInvariant()[^14..]}" : id.ToString();
    }

    /// <summary>Answers for a text that was taken, unless an accident comes between.</summary>
    public async Task AnswerAsync(HttpContext context, SimulatedText text, Func<Task> answer)
    {
        var settings = options();
        var fate = blocks.Contains(text.To, text.From) ? SimulatedFate.OptedOut : SimulatedFate.Of(text.To);
        var isEarly = _early.Strikes(settings.Early);
        if (isEarly)
            await webhooks.TellEarlyAsync(text, fate);
        if (_resets.Strikes(settings.ResetsAfterAcceptance))
        {
            context.Abort();
        }
        else
        {
            if (settings.AnswerDelay > TimeSpan.Zero)
                await WaitAsync(settings.AnswerDelay, context.RequestAborted);
            if (!context.RequestAborted.IsCancellationRequested)
                await AnswerAsync(context, settings, answer);
        }

        if (!isEarly)
            webhooks.Tell(text, fate);
    }

    private Task AnswerAsync(HttpContext context, SimulatorOptions settings, Func<Task> answer)
    {
        if (_serverErrorsAfterAcceptance.Strikes(settings.ServerErrorsAfterAcceptance))
            return SimulatorProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "1000", "Internal error");
        if (!_htmlAnswers.Strikes(settings.HtmlAnswers))
            return answer();
        context.Response.StatusCode = settings.HtmlStatus;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html><body><h1>502 Bad gateway</h1></body></html>", context.RequestAborted);
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(time, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The caller has lost its patience. The text was taken all the same.
        }
    }
}
