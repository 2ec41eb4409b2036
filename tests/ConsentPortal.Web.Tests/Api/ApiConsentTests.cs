using System.Net;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>Consents and stops that other programs hand in stand under the same rules as those that the portal hears itself.</summary>
public sealed class ApiConsentTests(ApiPortal api) : IClassFixture<ApiPortal>
{
    private const string Consents = "/api/v1/consents";
    private const string Withdrawals = "/api/v1/withdrawals";
    private const string Lookup = "/api/v1/consents/lookup";

    private static readonly string Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Consent_to_a_purpose_without_double_opt_in_is_granted_at_once()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var reply = await api.PostAsync(key.Secret, Consents, new
        {
            phone = number, purpose = "appointment-reminders", method = "webForm", agreedAt = Yesterday, evidence = new { formUrl = "https://shop.example/book", ip = "203.0.113.7" },
            person = new { firstName = "Ada", externalId = "K-1", language = "es" },
        });

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal(("granted", "notNeeded", "Appointment reminders"), (reply["status"], reply["doubleOptIn"], reply["purpose"]));
        await using var db = api.Portal.Open();
        var id = Guid.Parse(reply["subscriberId"]!);
        var eventId = long.Parse(reply["consentEventId"]!, System.Globalization.CultureInfo.InvariantCulture);
        var recorded = await db.ConsentEvents.SingleAsync(e => e.Id == eventId);
        Assert.Equal((ActorKind.ApiKey, key.Id.ToString(), ConsentChannel.WebForm, id), (recorded.ActorKind, recorded.ActorId, recorded.Channel, recorded.SubscriberId.Value));
        var person = await db.Subscribers.SingleAsync(s => s.Id == recorded.SubscriberId);
        using var opened = api.Portal.Get<SubjectKeys>().Unwrap(person.WrappedKey!, person.Id);
        var evidence = JsonSerializer.Deserialize<ConsentEvidence>(opened.Open(recorded.EvidenceSealed!, SealedField.Evidence))!;
        Assert.Equal(("https://shop.example/book", "203.0.113.7", "US"), (evidence.FormUrl, evidence.IpAddress, evidence.Jurisdiction));
        Assert.NotEmpty(evidence.CorrelationId!);
        Assert.Equal("es", person.Language);
    }

    [Fact]
    public async Task Consent_to_marketing_waits_for_the_number_and_is_asked_once()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        var body = new { phone = number, purpose = "offers", method = "webForm", level = "expressWritten", agreedAt = Yesterday, evidence = new { formUrl = "https://shop.example/join" } };

        var first = await api.PostAsync(key.Secret, Consents, body);
        var second = await api.PostAsync(key.Secret, Consents, body);

        Assert.Equal((HttpStatusCode.Created, "pending", "asked"), (first.Status, first["status"], first["doubleOptIn"]));
        Assert.Equal((HttpStatusCode.OK, "pending", "askedBefore"), (second.Status, second["status"], second["doubleOptIn"]));
        Assert.Equal((1, 1, 1, 0), await api.TracesAsync(number));
    }

    [Theory]
    [InlineData("paper", "documentHash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("webForm", "words", "I agree to be texted.")]
    [InlineData("api", "formUrl", "https://shop.example/book")]
    public async Task A_written_consent_is_taken_with_what_shows_it(string method, string evidence, string value)
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var reply = await api.PostAsync(key.Secret, Consents, new
        {
            phone = number, purpose = "appointment-reminders", method, level = "expressWritten", agreedAt = Yesterday, evidence = new Dictionary<string, string> { [evidence] = value },
        });

        Assert.Equal((HttpStatusCode.Created, "granted"), (reply.Status, reply["status"]));
    }

    [Fact]
    public async Task A_stop_that_no_start_takes_back_is_not_said_to_end_with_one()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.Portal.Get<AddSuppression>().ExecuteAsync(Actor.CommandLine, new PhoneNumber(number, "US"), SuppressionReach.Everything, "Wrote to the regulator", default);

        var reply = await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", agreedAt = Yesterday });

        reply.IsProblem(HttpStatusCode.Conflict);
        Assert.DoesNotContain("START", reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_can_have_the_number_asked_where_nobody_else_would()
    {
        var key = await api.MakeKeyAsync();

        var reply = await api.PostAsync(key.Secret, Consents, new { phone = api.NewNumber(), purpose = "Appointment reminders", agreedAt = Yesterday, doubleOptIn = "request" });

        Assert.Equal(("pending", "asked"), (reply["status"], reply["doubleOptIn"]));
    }

    [Fact]
    public async Task A_weaker_consent_does_not_take_the_place_of_a_stronger_one()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", level = "expressWritten", agreedAt = Yesterday, evidence = new { words = "I agree to be texted." } });

        var reply = await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", level = "express", agreedAt = Yesterday });

        Assert.Equal((HttpStatusCode.OK, "granted"), (reply.Status, reply["status"]));
        Assert.Equal(1, (await api.TracesAsync(number)).Events);
    }

    [Fact]
    public async Task A_number_of_a_country_that_the_purpose_is_not_open_to_is_refused_at_its_field_and_nobody_is_added()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await ChangeAsync("Store events", p => p.Countries = "DE,AT");

        var reply = await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "store-events", agreedAt = Yesterday });
        await ChangeAsync("Store events", p => p.Countries = null);

        reply.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["phone"], reply.WrongFields);
        Assert.Equal((0, 0, 0, 0), await api.TracesAsync(number));
        await using var db = api.Portal.Open();
        var hash = api.Portal.Get<LookupHash>().Phone(number);
        Assert.False(await db.Subscribers.AnyAsync(s => s.PhoneHash == hash));
    }

    [Fact]
    public async Task A_stop_is_not_lifted_by_a_program_and_it_is_told_how_the_person_can_return()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", agreedAt = Yesterday });
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync(key.Secret, Withdrawals, new { phone = number, scope = "purpose", purpose = "appointment-reminders", reason = "Said so at the till" })).Status);
        var before = await api.TracesAsync(number);

        var reply = await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", method = "paper", agreedAt = TimeProvider.System.GetUtcNow() });

        reply.IsProblem(HttpStatusCode.Conflict);
        Assert.Contains("START to +12025550147", reply["detail"], StringComparison.Ordinal);
        Assert.Equal(before, await api.TracesAsync(number));
    }

    [Fact]
    public async Task A_stop_of_a_number_that_nobody_has_keeps_it_from_being_added_later()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var stopped = await api.PostAsync(key.Secret, Withdrawals, new { phone = number });
        var again = await api.PostAsync(key.Secret, Withdrawals, new { phone = number });

        Assert.Equal(("all", "False"), (stopped["scope"], stopped["wasStoppedBefore"]));
        Assert.Equal("True", again["wasStoppedBefore"]);
        Assert.Equal((0, 0, 0, 1), await api.TracesAsync(number));
        (await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "order-updates", agreedAt = Yesterday })).IsProblem(HttpStatusCode.Conflict);
        await using var db = api.Portal.Open();
        Assert.Equal(SuppressionSource.Api, (await db.Suppressions.OrderByDescending(s => s.Id).FirstAsync()).Source);
    }

    [Fact]
    public async Task A_stop_is_answered_only_after_the_text_that_is_on_its_way()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        var person = SubscriberId.From(Guid.Parse((await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", agreedAt = Yesterday }))["subscriberId"]!));
        var gate = api.Portal.Get<SendingGate>();
        gate.Enter(person);
        Assert.True(gate.TryPass(person));

        var reply = api.PostAsync(key.Secret, Withdrawals, new { phone = number });
        await Task.Delay(500);
        Assert.False(reply.IsCompleted);
        gate.Leave(person);

        Assert.Equal(HttpStatusCode.OK, (await reply).Status);
    }

    [Fact]
    public async Task A_stop_is_not_lost_over_words_that_name_the_person()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var reply = await api.PostAsync(key.Secret, Withdrawals, new { phone = number, reason = $"{number} wants no more" });

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        await using var db = api.Portal.Open();
        var hash = api.Portal.Get<LookupHash>().Phone(number);
        Assert.DoesNotContain("212", (await db.Suppressions.SingleAsync(s => s.PhoneHash == hash)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_says_where_a_number_stands_and_names_nobody()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "appointment-reminders", agreedAt = Yesterday, person = new { firstName = "Philippa" } });
        await api.PostAsync(key.Secret, Withdrawals, new { phone = number, scope = "marketing" });

        var reply = await api.PostAsync(key.Secret, Lookup, new { phone = number });

        var purposes = reply.Json.GetProperty("purposes").EnumerateArray().ToDictionary(p => p.GetProperty("purpose").GetString()!);
        Assert.Equal(("granted", false), (purposes["Appointment reminders"].GetProperty("status").GetString(), purposes["Appointment reminders"].GetProperty("isStopped").GetBoolean()));
        Assert.Equal(("none", true), (purposes["Offers"].GetProperty("status").GetString(), purposes["Offers"].GetProperty("isStopped").GetBoolean()));
        Assert.Equal("every", reply["frequency"]);
        Assert.DoesNotContain("Philippa", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number[1..], reply.Text, StringComparison.Ordinal);
        Assert.Equal("Offers", (await api.PostAsync(key.Secret, Lookup, new { phone = number, purpose = "offers" })).Json.GetProperty("purposes").EnumerateArray().Single().GetProperty("purpose").GetString());
    }

    [Theory]
    [InlineData("""{"phone":"12","purpose":"offers","agreedAt":"2026-01-01"}""", "phone")]
    [InlineData("""{"phone":"+12127379999","purpose":"nothing such","agreedAt":"2026-01-01"}""", "purpose")]
    [InlineData("""{"phone":"+12127379999","agreedAt":"2026-01-01"}""", "purpose")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2989-01-01"}""", "agreedAt")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"1989-12-31"}""", "agreedAt")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"lately"}""", "agreedAt")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers"}""", "agreedAt")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","method":"precheckedBox"}""", "method")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","method":"keyword"}""", "method")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","method":"telepathy"}""", "method")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","doubleOptIn":"proven"}""", "doubleOptIn")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","doubleOptInBy":"sms"}""", "doubleOptInBy")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"none"}""", "level")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","language":"xx"}""", "language")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","wordingId":"0190b5d0-0000-7000-8000-000000000000"}""", "wordingId")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"1999-01-01"}""", "agreedAt")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"expressWritten"}""", "evidence")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"expressWritten","method":"webForm","evidence":{"ip":"203.0.113.7"}}""", "evidence.formUrl")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"expressWritten","method":"paper","evidence":{"words":"I agree."}}""", "evidence.documentHash")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"expressWritten","method":"paper","evidence":{"documentHash":"scan"}}""", "evidence.documentHash")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","level":"expressWritten","method":"staff","evidence":{"words":"I agree."}}""", "level")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","evidence":{"ip":"here"}}""", "evidence.ip")]
    [InlineData("""{"phone":"+12127379999","purpose":"offers","agreedAt":"2026-01-01","person":{"zone":"Mars/Base"}}""", "person.zone")]
    public async Task A_consent_that_can_not_be_taken_is_refused_by_the_name_of_its_field(string body, string field)
    {
        var reply = await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, body);

        reply.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal([field], reply.WrongFields);
        Assert.Equal((0, 0, 0, 0), await api.TracesAsync("+12127379999"));
    }

    [Theory]
    [InlineData("""{"phone":"+12127379998","scope":"purpose"}""", "purpose")]
    [InlineData("""{"phone":"+12127379998","purpose":"offers"}""", "purpose")]
    [InlineData("""{"phone":"+12127379998","scope":"sender","sender":"+15550000000"}""", "sender")]
    [InlineData("""{"phone":"+12127379998","scop":"purpose"}""", "scop")]
    [InlineData("""{"phone":"+12127379998","at":"2989-01-01"}""", "at")]
    public async Task A_stop_that_can_not_be_taken_is_refused_by_the_name_of_its_field(string body, string field)
    {
        var reply = await api.PostAsync((await api.MakeKeyAsync()).Secret, Withdrawals, body);

        reply.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal([field], reply.WrongFields);
    }

    [Theory]
    [InlineData("{\"phone\":")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_json_object_is_said_in_a_sentence(string body) =>
        (await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, body)).IsProblem(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_body_of_more_than_64_KB_is_refused() =>
        (await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, $$"""{"phone":"{{new string('1', 65 * 1024)}}"}""")).IsProblem(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task A_decision_is_the_one_of_the_verb()
    {
        var key = await api.MakeKeyAsync(Permissions.ViewPolicy);

        var blocked = await api.PostAsync(key.Secret, "/api/v1/decisions", """{"id":7,"at":"2026-11-23T18:00:00Z","messageClass":"marketing","to":"+12125552368","consent":{"state":"withdrawn"}}""");
        var wrong = await api.PostAsync(key.Secret, "/api/v1/decisions", """{"messageClass":"marketing"}""");
        var zone = await api.PostAsync(key.Secret, "/api/v1/decisions", """{"at":"2026-11-23T18:00:00Z","messageClass":"marketing","to":"+12125552368","declaredZone":"Mars/Base"}""");

        Assert.Equal((HttpStatusCode.OK, "7", "block"), (blocked.Status, blocked["id"], blocked["decision"]));
        Assert.NotEmpty(blocked.Json.GetProperty("reasons").EnumerateArray());
        wrong.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["at", "to"], wrong.WrongFields.Order(StringComparer.Ordinal));
        Assert.Equal(["declaredZone"], zone.WrongFields);
    }

    [Fact]
    public async Task No_number_stands_in_the_log()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "offers", agreedAt = Yesterday, person = new { firstName = "Philomena" } }, "log-1");
        await api.PostAsync(key.Secret, Withdrawals, new { phone = number, reason = $"{number}" });
        await api.PostAsync(key.Secret, Lookup, new { phone = number });
        await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = number, agreedAt = Yesterday });

        Assert.NotEmpty(api.Log);
        Assert.Empty(api.Log.Where(line => line.Contains(number[1..], StringComparison.Ordinal) || line.Contains("Philomena", StringComparison.Ordinal) || line.Contains(key.Secret, StringComparison.Ordinal)).Take(3));
    }

    private Task ChangeAsync(string name, Action<Purpose> change) =>
        api.Portal.Get<PortalDatabase>().WriteAsync(async db => change(await db.Purposes.SingleAsync(p => p.Name == name)), default);
}
