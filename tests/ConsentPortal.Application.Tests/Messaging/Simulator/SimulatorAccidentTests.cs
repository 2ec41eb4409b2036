using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

/// <summary>What goes wrong at a provider, on demand.</summary>
public sealed class SimulatorAccidentTests
{
    [Theory]
    [InlineData("+12125991240", DeliveryStatus.Rejected, ProviderErrorClass.OptedOut)]
    [InlineData("+12125991190", DeliveryStatus.Undeliverable, ProviderErrorClass.PermanentNumber)]
    [InlineData("+12125991180", DeliveryStatus.Undeliverable, ProviderErrorClass.Transient)]
    [InlineData("+12125991260", DeliveryStatus.Undeliverable, ProviderErrorClass.SoftStrike)]
    [InlineData("+12125991210", DeliveryStatus.Rejected, ProviderErrorClass.Content)]
    public async Task Some_numbers_choose_their_end(string to, DeliveryStatus status, ProviderErrorClass errorClass)
    {
        await using var provider = await SimulatedProvider.StartAsync();

        Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync(to));

        Assert.Null((await provider.NextReceiptAsync()).ErrorCode);
        var end = await provider.NextReceiptAsync();
        Assert.Equal((status, errorClass, to[^4..]), (end.Status, end.ErrorClass, end.ErrorCode));
    }

    [Fact]
    public async Task Some_numbers_are_refused_at_once_and_some_never_heard_of_again()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        Assert.Equal(StopCause.Balance, Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync("+12125990402")).Cause);
        Assert.Equal(ProviderErrorClass.PermanentNumber, Assert.IsType<SendOutcome.Rejected>(await provider.SendAsync("+12125990422")).Class);
        Assert.IsType<SendOutcome.Throttled>(await provider.SendAsync("+12125990429"));
        Assert.IsType<SendOutcome.Unconfirmed>(await provider.SendAsync("+12125990500"));
        Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync("+12125999999"));

        await provider.QuietAsync();
        Assert.False(provider.HasMore);
        Assert.Equal("accepted", Assert.Single(provider.Simulator.Journal.Page(0, 10)).Status);
    }

    [Fact]
    public async Task A_connection_reset_after_acceptance_is_unconfirmed_and_the_journal_and_the_reports_know_better()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { ResetsAfterAcceptance = 1 });

        var outcome = await provider.SendAsync();

        Assert.Equal(UnconfirmedCause.ConnectionLost, Assert.IsType<SendOutcome.Unconfirmed>(outcome).Cause);
        var entry = Assert.Single(provider.Simulator.Journal.Page(0, 10));
        await provider.QuietAsync();
        var record = Assert.Single((await provider.Client.FindByClientRefAsync("r1", "+12125552368", entry.At, default)).Value);
        Assert.Equal((entry.MessageId, DeliveryStatus.Delivered), (record.ProviderMessageId, record.Status));
        Assert.Equal("r1", (await provider.NextReceiptAsync()).ClientRef);
    }

    [Theory]
    [InlineData("html", UnconfirmedCause.UnreadableAnswer)]
    [InlineData("error", UnconfirmedCause.ServerError)]
    [InlineData("late", UnconfirmedCause.Timeout)]
    public async Task A_wrong_answer_to_a_taken_text_is_unconfirmed(string accident, UnconfirmedCause cause)
    {
        var settings = VonageSettings.Valid();
        // Short only where it is waited for: a busy machine may take half a second for any answer.
        settings.RequestTimeout = accident == "late" ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(10);
        await using var provider = await SimulatedProvider.StartAsync(settings: settings);
        await provider.SendAsync("+12125999999", "warm-up");
        provider.Simulator.Options = accident switch
        {
            "html" => SimulatorOptions.Prompt with { HtmlAnswers = 1 },
            "error" => SimulatorOptions.Prompt with { ServerErrorsAfterAcceptance = 1 },
            _ => SimulatorOptions.Prompt with { AnswerDelay = TimeSpan.FromSeconds(30) },
        };

        Assert.Equal(cause, Assert.IsType<SendOutcome.Unconfirmed>(await provider.SendAsync()).Cause);
        Assert.Equal(2, provider.Simulator.Journal.Count);
        Assert.Equal("r1", (await provider.NextReceiptAsync()).ClientRef);
    }

    [Fact]
    public async Task Receipts_come_twice_in_the_wrong_order_or_before_the_answer_when_asked()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Duplicates = 1, Reordered = 1, Early = 1 });

        await provider.SendAsync();

        Assert.True(provider.HasMore);
        DeliveryReceipt[] receipts = [await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync()];
        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Delivered, DeliveryStatus.Submitted, DeliveryStatus.Submitted], receipts.Select(r => r.Status));
        Assert.Equal(2, receipts.Select(r => r.DedupeKey).Distinct().Count());
    }

    [Fact]
    public async Task Lost_receipts_never_come_and_every_fourth_is_lost_at_a_quarter()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Lost = 0.25 });

        foreach (var n in Enumerable.Range(1, 4))
        {
            await provider.SendAsync(clientRef: $"r{n}");
            await provider.QuietAsync();
        }

        var received = 0;
        for (; provider.HasMore; received++)
            await provider.NextAsync();
        Assert.Equal(6, received);
    }

    [Fact]
    public async Task An_unsigned_webhook_is_signed_when_it_is_repeated_and_a_wrongly_signed_one_never_fits()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Unsigned = 1, Lost = 0 });
        await provider.SendAsync("+12125999998");
        Assert.IsType<SignatureVerdict.Missing>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Valid>((await provider.NextAsync()).Verdict);

        provider.Simulator.Options = SimulatorOptions.Prompt with { WronglySigned = 1 };
        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();
        Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
        Assert.False(provider.HasMore, "An answer of 401 was followed by a repetition.");

        provider.Simulator.Options = SimulatorOptions.Prompt with { WronglySigned = 1, RepeatsRefused = true };
        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();
        Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
    }

    [Fact]
    public async Task A_webhook_of_another_time_comes_again_with_a_fresh_signature_and_one_for_another_body_never_fits()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Stale = 1 });
        await provider.SendAsync("+12125999998");
        Assert.IsType<SignatureVerdict.FromAnotherTime>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Valid>((await provider.NextAsync()).Verdict);

        provider.Simulator.Options = SimulatorOptions.Prompt with { WrongHash = 1 };
        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();
        var wrong = Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
        Assert.Contains("body", wrong.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pauses_before_repetitions_double_from_5_seconds_to_15_minutes_within_24_hours()
    {
        var pauses = SimulatorOptions.ProviderPauses(1);

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 900, 900], pauses.Take(10).Select(pause => (int)pause.TotalSeconds));
        Assert.InRange(pauses.Sum(pause => pause.TotalHours), 23.7, 24);
        Assert.Equal(pauses[0] / 25, new SimulatorOptions().RetryPauses[0]);
    }

    [Theory]
    [InlineData("980007", ProviderErrorClass.Barred)]
    [InlineData("980033", ProviderErrorClass.PermanentNumber)]
    [InlineData("980017", ProviderErrorClass.Content)]
    public async Task In_the_SMS_API_some_numbers_choose_the_status_that_refuses_them(string end, ProviderErrorClass errorClass)
    {
        var settings = VonageSettings.Valid();
        (settings.ApplicationId, settings.PrivateKey, settings.Api) = (null, null, VonageApi.Sms);
        await using var provider = await SimulatedProvider.StartAsync(settings: settings);

        var refused = Assert.IsType<SendOutcome.Rejected>(await provider.SendAsync($"+12125{end}"));

        Assert.Equal((errorClass, end[^2..].TrimStart('0')), (refused.Class, refused.Code));
        Assert.Equal(0, provider.Simulator.Journal.Count);
    }

    [Fact]
    public async Task A_webhook_is_repeated_until_it_is_taken()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        provider.AnswerNext(500, 429);

        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();

        DeliveryReceipt[] attempts = [await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync()];
        Assert.Single(attempts.Select(a => a.DedupeKey).Distinct());
        Assert.False(provider.HasMore);
    }

    [Fact]
    public async Task Too_fast_is_answered_with_the_time_to_wait()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { RequestsPerSecond = 2, RetryAfter = TimeSpan.FromSeconds(7) });

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => provider.SendAsync(clientRef: $"r{n}")));

        Assert.Contains(outcomes, o => o is SendOutcome.Accepted);
        Assert.Equal(TimeSpan.FromSeconds(7), outcomes.OfType<SendOutcome.Throttled>().First().RetryAfter);
    }
}
