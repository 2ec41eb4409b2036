using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>A text that a program asks for stands under the rules of every text, and is recorded whatever they say.</summary>
public sealed class PlanServiceTextTests : IAsyncLifetime
{
    private const string Number = "+12125552368";
    private const string Words = "Aurora: your order has left our house.";

    private static readonly Actor Shop = new(ActorKind.ApiKey, "0190b5d0-0000-7000-8000-000000000001", "Web shop", new HashSet<string> { Permissions.SendServiceTexts });

    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        await _portal.AddPurposeAsync("Visits", messageClass: MessageClass.Informational);
        _person = await _portal.AddPersonAsync(Number);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_text_that_nothing_stops_is_planned_with_the_decision_and_sealed()
    {
        await ConsentAsync("Orders");

        var answer = await AskAsync("Orders", "{{ firstName | default: \"Hello\" }}, your order has left our house.");

        Assert.Equal((202, "planned"), (answer.Status, Of(answer, "state")));
        var text = await TextAsync(answer);
        Assert.Equal((MessageKind.Transactional, MessageClass.Transactional, MessageState.Planned, 1), (text.Kind, text.MessageClass, text.State, text.DecisionKind));
        Assert.Equal((_portal.Now, _portal.Now.AddDays(1)), (text.DueAt, text.NotAfter));
        Assert.Equal("Ada, your order has left our house.", await OpenAsync(text));
        var entry = Assert.Single(await _portal.AuditAsync("text.planned"));
        Assert.DoesNotContain("order has left", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotional_words_make_it_marketing_and_it_is_refused_whatever_the_person_agreed_to()
    {
        await ConsentAsync("Visits");

        var answer = await AskAsync("Visits", "Aurora: see you at 9. Bring this text for 20% off. Reply STOP to opt out.");

        Assert.Equal((200, "refused", "reclassified", "C-02"), (answer.Status, Of(answer, "state"), Of(answer, "reason"), Json(answer).GetProperty("rules")[0].GetString()));
        var text = await TextAsync(answer);
        Assert.Equal((MessageState.Skipped, "Reclassified", "C-02", (int)DecisionKind.Block), (text.State, text.Reason, text.Rule, text.DecisionKind));
        Assert.NotEqual(0, text.FailedGates & (1 << (int)Gate.Content));
        Assert.Single(await _portal.AuditAsync("text.refused"));
    }

    [Fact]
    public async Task Without_consent_an_informational_text_is_refused_with_the_rule_and_recorded()
    {
        var answer = await AskAsync("Visits", Words);

        Assert.Equal((200, "refused", "noConsent"), (answer.Status, Of(answer, "state"), Of(answer, "reason")));
        var text = await TextAsync(answer);
        Assert.Equal((MessageState.Skipped, "NoConsent", _portal.Now), (text.State, text.Reason, text.FinalAt));
        Assert.Contains(text.Rule, Json(answer).GetProperty("rules").EnumerateArray().Select(r => r.GetString()));
        Assert.NotEmpty(Of(answer, "text")!);
    }

    [Fact]
    public async Task A_number_that_has_stopped_everything_is_refused()
    {
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, _person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so on the telephone", _portal.Now), default);

        Assert.Equal(("refused", "suppressed"), (Of(await AskAsync("Orders", Words), "state"), Of(await AskAsync("Orders", Words), "reason")));
    }

    [Fact]
    public async Task A_person_who_has_paused_gets_it_when_the_pause_is_over_and_not_at_all_where_that_is_too_late()
    {
        await ConsentAsync("Visits");
        var until = _portal.Now.AddHours(20);
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, until)), default);

        var waits = await AskAsync("Visits", Words);
        var tooLate = await AskAsync("Visits", Words, _portal.Now.AddHours(1));

        Assert.Equal((202, "deferred", "snoozed"), (waits.Status, Of(waits, "state"), Of(waits, "reason")));
        Assert.True((await TextAsync(waits)).DueAt >= until);
        Assert.Equal((200, "refused", "pastNotAfter"), (tooLate.Status, Of(tooLate, "state"), Of(tooLate, "reason")));
    }

    [Fact]
    public async Task A_text_that_waits_from_the_start_does_not_look_put_in_past_the_portal()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.PeopleAsync(1);
        var campaign = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        await desk.DecideAsync(campaign);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await ConsentAsync("Visits");
        var until = _portal.Now.AddHours(20);
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, until)), default);

        Assert.Equal("deferred", Of(await AskAsync("Visits", Words), "state"));

        await _portal.SealAsync();
        Assert.Empty((await _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default)).Problems);
    }

    [Theory]
    [InlineData("Offers", Words, Number, "purpose")]
    [InlineData("Nothing such", Words, Number, "purpose")]
    [InlineData("Orders", "Hello {{ firstName }}", Number, "body")]
    [InlineData("Orders", Words, "+12125559999", "phone")]
    public async Task What_can_not_be_planned_is_refused_by_the_name_of_its_field_and_leaves_nothing(string purpose, string body, string number, string field)
    {
        var outcome = await _portal.Get<PlanServiceText>().ExecuteAsync(Shop, new WantedText(new PhoneNumber(number, "US"), purpose, body, null), null, default);

        Assert.Equal(field, Assert.IsType<FieldRefused>(outcome.Failure).Field);
        await using var db = _portal.Database.Open();
        Assert.Equal(0, await db.OutboundMessages.CountAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8 * 24 * 60)]
    public async Task A_last_moment_in_the_past_or_far_ahead_is_refused(int minutes) =>
        Assert.Equal("notAfter", Assert.IsType<FieldRefused>((await RawAsync("Orders", Words, _portal.Now.AddMinutes(minutes))).Failure).Field);

    [Fact]
    public async Task What_became_of_it_can_be_asked_and_of_no_other_text()
    {
        var answer = await AskAsync("Visits", Words);
        var id = Json(answer).GetProperty("id").GetInt64();

        var asked = (await _portal.Get<ServiceTexts>().FindAsync(Shop, id, default)).Value;

        Assert.Equal((200, "refused", "noConsent"), (asked.Status, Of(asked, "state"), Of(asked, "reason")));
        Assert.IsType<NoSuchText>((await _portal.Get<ServiceTexts>().FindAsync(Shop, await _portal.SendAsync(_person, _portal.Now), default)).Failure);
    }

    private async Task ConsentAsync(string purpose)
    {
        await using var db = _portal.Database.Open();
        var named = await db.Purposes.AsNoTracking().SingleAsync(p => p.Name == purpose);
        await _portal.ConsentAsync(_person, named, await _portal.AddWordingAsync(named));
    }

    private async Task<ApiAnswer> AskAsync(string purpose, string body, DateTimeOffset? notAfter = null) => (await RawAsync(purpose, body, notAfter)).Value;

    private Task<Result<ApiAnswer>> RawAsync(string purpose, string body, DateTimeOffset? notAfter) =>
        _portal.Get<PlanServiceText>().ExecuteAsync(Shop, new WantedText(new PhoneNumber(Number, "US"), purpose, body, notAfter), null, default);

    private async Task<OutboundMessage> TextAsync(ApiAnswer answer)
    {
        var id = Json(answer).GetProperty("id").GetInt64();
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id);
    }

    private async Task<string> OpenAsync(OutboundMessage text)
    {
        await using var db = _portal.Database.Open();
        using var key = _portal.Get<SubjectKeys>().Unwrap((await db.Subscribers.SingleAsync(s => s.Id == _person)).WrappedKey!, _person);
        return key.Open(text.BodySealed!, SealedField.MessageBody);
    }

    private static JsonElement Json(ApiAnswer answer) => JsonDocument.Parse(answer.Body).RootElement;

    private static string? Of(ApiAnswer answer, string property) => Json(answer).GetProperty(property).GetString();
}
