using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class ProviderRedactionTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    private ForgetfulProvider Provider => (ForgetfulProvider)_portal.Get<ISmsGateway>();

    public async Task InitializeAsync() => _desk = await RequestDesk.OpenAsync(_portal = await PeoplePortal.OpenAsync());

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_provider_is_not_asked_before_61_minutes_after_the_last_text_and_the_request_waits_for_it()
    {
        var id = await ErasedAsync();

        Assert.Equal((PrivacyRequestStatus.Executing, true), ((await _desk.FindAsync(id)).Status, (await _desk.FindAsync(id)).AwaitsProvider));
        _portal.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(0, await AskAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await AskAsync());
        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(id)).Status);
        Assert.Equal(0, await AskAsync());
    }

    [Fact]
    public async Task A_text_that_is_older_is_erased_at_once_and_closes_the_request()
    {
        var person = await PersonAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        var id = await _desk.ApprovedErasureAsync(person);

        await _desk.EraseAsync(id);

        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(id)).Status);
        Assert.Equal(["Outbound provider-1"], Provider.Redacted);
    }

    [Fact]
    public async Task Every_part_of_a_long_text_is_erased_that_a_receipt_has_named()
    {
        var person = await PersonAsync();
        await _portal.Database.WriteAsync(
            async db =>
            {
                var text = await db.OutboundMessages.SingleAsync(m => m.ProviderMessageId == "provider-1");
                db.ReceivedReceipts.AddRange(new[] { "provider-1", "provider-2" }.Select(id => new ReceivedReceipt
                {
                    DedupeKey = id, ProviderMessageId = id, Status = nameof(DeliveryStatus.Delivered), At = _portal.Now, ReceivedAt = _portal.Now, MessageId = text.Id,
                }));
            },
            default);
        _portal.Clock.Advance(TimeSpan.FromHours(2));

        await _desk.EraseAsync(await _desk.ApprovedErasureAsync(person));

        Assert.Equal(["Outbound provider-1", "Outbound provider-2"], Provider.Redacted);
    }

    [Fact]
    public async Task Every_part_of_a_long_text_is_erased_although_no_receipt_of_it_is_kept()
    {
        var person = await PersonAsync();
        await _portal.Database.WriteAsync(
            async db =>
            {
                var text = await db.OutboundMessages.SingleAsync(m => m.ProviderMessageId == "provider-1");
                db.SentParts.AddRange(new[] { "provider-1", "provider-2", "provider-3" }.Select(id => new SentPart { MessageId = text.Id, ProviderMessageId = id }));
            },
            default);
        _portal.Clock.Advance(TimeSpan.FromHours(2));

        await _desk.EraseAsync(await _desk.ApprovedErasureAsync(person));

        Assert.Equal(["Outbound provider-1", "Outbound provider-2", "Outbound provider-3"], Provider.Redacted);
    }

    [Fact]
    public async Task An_unanswered_question_is_asked_again_after_pauses_that_double()
    {
        var id = await ErasedAsync();
        for (var i = 0; i < 3; i++)
            Provider.Answers.Enqueue(new RedactionOutcome.Postponed(TimeSpan.FromSeconds(10), "No answer."));
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(1, await AskAsync());
        foreach (var minutes in new[] { 1, 2, 4 })
        {
            _portal.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await AskAsync());
            _portal.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await AskAsync());
        }

        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task An_account_that_may_not_erase_leaves_the_request_open_and_a_certificate_says_what_is_open_and_why()
    {
        var id = await ErasedAsync();
        Provider.Answers.Enqueue(new RedactionOutcome.Refused("unprovisioned", "Vonage does not let this account redact."));
        await _desk.AskProviderAsync();
        Assert.True((await _desk.FindAsync(id)).AwaitsProvider);
        Assert.IsType<RequestNotReady>((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).Failure);

        var closed = await _portal.Get<CloseWithOpenTexts>().ExecuteAsync(_desk.Second, id, "The account has no Redact product; Vonage was asked to enable it.", default);

        Assert.True(closed.IsSuccess);
        await _portal.SealAsync();
        var text = PdfText.Of((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).Value.Bytes);
        Assert.Contains("1 of 1 texts at the SMS provider", text, StringComparison.Ordinal);
        Assert.Contains("no Redact product", text, StringComparison.Ordinal);
        Assert.Contains("1 were refused", text, StringComparison.Ordinal);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await AskAsync());
    }

    [Fact]
    public async Task Nobody_whose_data_is_held_as_evidence_is_erased()
    {
        var person = await PersonAsync();
        var hold = (await _portal.Get<PlaceLegalHold>().ExecuteAsync(_desk.First, new NewLegalHold(person, null, "Claim announced by a lawyer", null), default)).Value;
        var id = await _desk.ApprovedErasureAsync(person);

        Assert.IsType<HeldAsEvidence>((await _desk.EraseAsync(id)).Failure);
        Assert.Equal(PrivacyRequestStatus.Approved, (await _desk.FindAsync(id)).Status);
        await _portal.Get<LiftLegalHold>().ExecuteAsync(_desk.First, hold, "The claim was settled", default);
        Assert.True((await _desk.EraseAsync(id)).IsSuccess);
        await using var db = _portal.Database.Open();
        Assert.Empty(await db.LegalHolds.ToListAsync());
    }

    private Task<int> AskAsync() => _portal.Get<AskProviderAgain>().AskAllAsync(default);

    private async Task<PrivacyRequestId> ErasedAsync()
    {
        var id = await _desk.ApprovedErasureAsync(await PersonAsync());
        Assert.True((await _desk.EraseAsync(id)).IsSuccess);
        return id;
    }

    /// <summary>Somebody to whom a text was just sent.</summary>
    private async Task<SubscriberId> PersonAsync()
    {
        var person = await _portal.AddPersonAsync();
        var text = await _portal.SendAsync(person, _portal.Now);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.ProviderMessageId, "provider-1")), default);
        return person;
    }
}
