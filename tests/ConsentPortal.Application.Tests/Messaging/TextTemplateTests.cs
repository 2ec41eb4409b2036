using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>Stored texts: words in versions that a second person has seen, named by programs and filled with their values.</summary>
public sealed class TextTemplateTests : IAsyncLifetime
{
    private const string Number = "+12125552368";

    private static readonly Actor Shop = new(ActorKind.ApiKey, "0190b5d0-0000-7000-8000-000000000001", "Web shop", new HashSet<string> { Permissions.SendServiceTexts });

    private static readonly TemplateContent Parcel = new(
        [
            new("en", "Aurora: {{ firstName | default: \"hello\" }}, order {{ orderNumber }} is on its way{% if day %}, with you {{ day | default: \"soon\" }}{% endif %}."),
            new("de", "Aurora: Bestellung {{ orderNumber }} ist unterwegs."),
        ],
        [new("orderNumber", "4711"), new("day", "Friday")]);

    private PeoplePortal _portal = null!;
    private Actor _approver = null!;
    private Purpose _orders = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _approver = await _portal.AddStaffAsync("Jon Approver", [Permissions.ViewCampaigns, Permissions.ApproveCampaigns]);
        _orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        _person = await _portal.AddPersonAsync(Number);
        await _portal.ConsentAsync(_person, _orders, await _portal.AddWordingAsync(_orders));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_template_is_sent_only_once_a_second_person_has_approved_it()
    {
        var id = await SaveAsync(Parcel);
        Assert.Equal("template", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711")))));

        Assert.True((await ProposeAsync(id)).IsSuccess);
        Assert.IsType<TemplateStepRefused>((await DecideAsync(_portal.Staff, id)).Failure);
        Assert.Equal("template", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711")))));
        Assert.True((await DecideAsync(_approver, id)).IsSuccess);

        var (words, answer) = await SentAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711"))));
        Assert.Equal("Aurora: Ada, order 4711 is on its way.", words);
        Assert.Equal(("parcel-sent", 1, "en"), (answer.GetProperty("template").GetString(), answer.GetProperty("templateVersion").GetInt32(), answer.GetProperty("language").GetString()));
        Assert.Equal("1", Assert.Single(await _portal.AuditAsync("text.planned")).GetProperty("after").GetProperty("templateVersion").ToString());
        foreach (var action in new[] { "template.saved", "template.proposed", "template.approved" })
            Assert.Equal("parcel-sent", Assert.Single(await _portal.AuditAsync(action)).GetProperty("after").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("de", null, "de")]
    [InlineData("de-AT", null, "de")]
    [InlineData(null, "de", "de")]
    [InlineData("fr", "de", "de")]
    [InlineData("fr", "es", "en")]
    [InlineData(null, null, "en")]
    public async Task The_language_asked_for_goes_before_the_persons_and_the_templates_first(string? asked, string? ofPerson, string language)
    {
        await ApprovedAsync(Parcel);
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Language, ofPerson)), default);

        var (_, answer) = await SentAsync(new NamedTemplate("parcel-sent", asked, Values(("orderNumber", "4711"))));

        Assert.Equal(language, answer.GetProperty("language").GetString());
    }

    [Fact]
    public async Task A_value_without_a_fallback_has_to_come_and_one_that_the_text_does_not_know_may_not()
    {
        await ApprovedAsync(Parcel);

        Assert.Equal("values", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("day", "Monday")))));
        Assert.Equal("values", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", " ")))));
        Assert.Equal("values", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711"), ("colour", "red")))));
        Assert.Equal("values", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", new string('1', 201))))));
        Assert.Equal("values", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "47\n11")))));
        Assert.Equal("Aurora: Ada, order 4711 is on its way, with you Monday.", (await SentAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711"), ("day", "Monday"))))).Words);
    }

    [Fact]
    public async Task A_value_is_words_and_never_read_as_a_merge_field()
    {
        await ApprovedAsync(Parcel);

        Assert.Equal("Aurora: Ada, order {{ lastName }} is on its way.", (await SentAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "{{ lastName }}"))))).Words);
    }

    [Fact]
    public async Task A_promotion_in_a_value_is_refused_like_one_in_the_words()
    {
        await ApprovedAsync(Parcel);

        var answer = await AskAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711. Buy now and get 20% off everything"))));

        Assert.Equal("refused", JsonDocument.Parse(answer.Value.Body).RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_edit_makes_a_new_version_and_the_approved_one_serves_until_the_next_is_approved()
    {
        var id = await ApprovedAsync(Parcel);
        await SaveAsync(Parcel with { Texts = [new("en", "Aurora: order {{ orderNumber }} has left our house.")] }, id);

        Assert.Equal("Aurora: Ada, order 4711 is on its way.", (await SentAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711"))))).Words);
        await ProposeAsync(id);
        await DecideAsync(_approver, id);

        var (words, answer) = await SentAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4712"))));
        Assert.Equal(("Aurora: order 4712 has left our house.", 2), (words, answer.GetProperty("templateVersion").GetInt32()));
        var details = (await _portal.Get<TextTemplateList>().GetAsync(_portal.Staff, id, default)).Value;
        Assert.Equal([(2, TemplateState.Approved), (1, TemplateState.Approved)], details.Versions.Select(v => (v.Number, v.State)));
        Assert.Equal(2, Assert.Single(await _portal.Get<TextTemplateList>().AllAsync(_portal.Staff, default)).InUse);
    }

    [Fact]
    public async Task An_edit_after_the_proposal_takes_it_back_and_an_approval_of_other_words_is_none()
    {
        var id = await SaveAsync(Parcel);
        await ProposeAsync(id);
        var seen = (await _portal.Get<TextTemplateList>().GetAsync(_approver, id, default)).Value.Versions[0];
        Assert.True(seen.MayBeDecidedByMe);
        await SaveAsync(Parcel with { Texts = [new("en", "Aurora: other words.")] }, id);

        Assert.IsType<ChangedMeanwhile>((await _portal.Get<DecideTextTemplate>().ExecuteAsync(_approver, id, seen.Hash, null, default)).Failure);
        await ProposeAsync(id);
        Assert.IsType<ChangedMeanwhile>((await _portal.Get<DecideTextTemplate>().ExecuteAsync(_approver, id, seen.Hash, null, default)).Failure);
    }

    [Fact]
    public async Task Two_writers_do_not_overwrite_each_other_unnoticed()
    {
        var id = await SaveAsync(Parcel);
        var seen = (await _portal.Get<TextTemplateList>().GetAsync(_portal.Staff, id, default)).Value.Versions[0].Hash;
        await SaveAsync(Parcel with { Texts = [new("en", "Aurora: other words.")] }, id);

        Assert.IsType<ChangedMeanwhile>((await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, id, new TemplateDraft("", null, Parcel, seen), default)).Failure);
    }

    [Fact]
    public async Task A_second_person_can_send_it_back_with_a_comment()
    {
        var id = await SaveAsync(Parcel);
        await ProposeAsync(id);

        Assert.IsType<ReasonNeeded>((await DecideAsync(_approver, id, " ")).Failure);
        Assert.True((await DecideAsync(_approver, id, "Say which order")).IsSuccess);

        var version = (await _portal.Get<TextTemplateList>().GetAsync(_portal.Staff, id, default)).Value.Versions[0];
        Assert.Equal((TemplateState.Draft, "Say which order", "Jon Approver"), (version.State, version.Comment, version.DecidedBy));
        Assert.Equal("Say which order", Assert.Single(await _portal.AuditAsync("template.returned")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Whoever_wrote_a_part_of_it_can_not_approve_it()
    {
        var both = await _portal.AddStaffAsync("Bo Both", [Permissions.ViewCampaigns, Permissions.EditCampaigns, Permissions.ApproveCampaigns]);
        var id = await SaveAsync(Parcel);
        await _portal.Get<SaveTextTemplate>().ExecuteAsync(both, id, new TemplateDraft("", null, Parcel), default);
        await ProposeAsync(id);

        Assert.IsType<TemplateStepRefused>((await DecideAsync(both, id)).Failure);
        Assert.Equal(["Carla Mendes", "Bo Both"], (await _portal.Get<TextTemplateList>().GetAsync(_portal.Staff, id, default)).Value.Versions[0].Writers);
    }

    [Fact]
    public async Task A_promotion_can_not_be_proposed_unseen()
    {
        var id = await SaveAsync(new TemplateContent([new("en", "Aurora: order on its way. Use code EXTRA for 20% off.")], []));

        Assert.Contains("C-02", (await ProposeAsync(id)).Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parcel Sent", "Hi", "orderNumber", "name")]
    [InlineData("parcel-sent", "Hi {{ order }}", "orderNumber", "texts")]
    [InlineData("parcel-sent", "Hi {{ firstName }}", "orderNumber", "texts")]
    [InlineData("parcel-sent", "Hi", "firstName", "values")]
    [InlineData("parcel-sent", "Hi", "order number", "values")]
    public async Task What_can_not_be_a_template_is_refused_by_its_field(string name, string body, string value, string field)
    {
        var content = new TemplateContent([new("en", body)], [new(value, "4711")]);

        var refused = (await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, null, new TemplateDraft(name, _orders.Id, content), default)).Failure;

        Assert.Equal(field, Assert.IsType<FieldRefused>(refused).Field);
    }

    [Fact]
    public async Task A_template_is_for_one_purpose_that_is_no_marketing_and_its_name_is_taken_for_good()
    {
        await ApprovedAsync(Parcel);
        var visits = await _portal.AddPurposeAsync("Visits", messageClass: MessageClass.Informational);

        Assert.Equal("purpose", Assert.IsType<FieldRefused>((await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, null, new TemplateDraft("other", _portal.Offers.Id, Parcel), default)).Failure).Field);
        Assert.Equal("name", Assert.IsType<FieldRefused>((await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, null, new TemplateDraft("parcel-sent", visits.Id, Parcel), default)).Failure).Field);
        Assert.Equal("template", Assert.IsType<FieldRefused>((await AskAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "1"))), "Visits")).Failure).Field);
    }

    [Fact]
    public async Task A_retired_template_is_sent_no_more()
    {
        var id = await ApprovedAsync(Parcel);

        Assert.IsType<ReasonNeeded>((await _portal.Get<RetireTextTemplate>().ExecuteAsync(_portal.Staff, id, "", default)).Failure);
        Assert.True((await _portal.Get<RetireTextTemplate>().ExecuteAsync(_portal.Staff, id, "The shop is closed", default)).IsSuccess);

        Assert.Equal("template", await RefusedAsync(new NamedTemplate("parcel-sent", null, Values(("orderNumber", "4711")))));
        Assert.IsType<TemplateNotFound>((await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, id, new TemplateDraft("", null, Parcel), default)).Failure);
    }

    [Fact]
    public async Task Nobody_without_permission_sees_writes_or_approves()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TextTemplateList>().AllAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TextTemplateList>().GetAsync(Actor.Nobody, Guid.Empty, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveTextTemplate>().ExecuteAsync(Actor.Nobody, null, new TemplateDraft("a", null, Parcel), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ProposeTextTemplate>().ExecuteAsync(Actor.Nobody, Guid.Empty, [], default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<DecideTextTemplate>().ExecuteAsync(Actor.Nobody, Guid.Empty, "", null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RetireTextTemplate>().ExecuteAsync(Actor.Nobody, Guid.Empty, "Because of it", default));
    }

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    private async Task<Guid> ApprovedAsync(TemplateContent content)
    {
        var id = await SaveAsync(content);
        Assert.True((await ProposeAsync(id)).IsSuccess);
        Assert.True((await DecideAsync(_approver, id)).IsSuccess);
        return id;
    }

    private async Task<Guid> SaveAsync(TemplateContent content, Guid? id = null) =>
        (await _portal.Get<SaveTextTemplate>().ExecuteAsync(_portal.Staff, id, new TemplateDraft("parcel-sent", _orders.Id, content), default)).Value;

    private Task<Result<Done>> ProposeAsync(Guid id) => _portal.Get<ProposeTextTemplate>().ExecuteAsync(_portal.Staff, id, [], default);

    private async Task<Result<Done>> DecideAsync(Actor actor, Guid id, string? comment = null) =>
        await _portal.Get<DecideTextTemplate>().ExecuteAsync(actor, id, (await _portal.Get<TextTemplateList>().GetAsync(_portal.Staff, id, default)).Value.Versions[0].Hash, comment, default);

    private Task<Result<ApiAnswer>> AskAsync(NamedTemplate named, string purpose = "Orders") =>
        _portal.Get<PlanServiceText>().ExecuteAsync(Shop, new WantedText(new PhoneNumber(Number, "US"), purpose, null, null, named), null, default);

    private async Task<string> RefusedAsync(NamedTemplate named) => Assert.IsType<FieldRefused>((await AskAsync(named)).Failure).Field;

    private async Task<(string Words, JsonElement Answer)> SentAsync(NamedTemplate named)
    {
        var answer = JsonDocument.Parse((await AskAsync(named)).Value.Body).RootElement;
        await using var db = _portal.Database.Open();
        var text = await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == answer.GetProperty("id").GetInt64());
        using var key = _portal.Get<SubjectKeys>().Unwrap(await db.Subscribers.Where(s => s.Id == _person).Select(s => s.WrappedKey!).SingleAsync(), _person);
        return (key.Open(text.BodySealed!, SealedField.MessageBody), answer);
    }
}
