using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Custom attributes of people as merge fields.</summary>
public sealed class AttributeFieldsTests : IAsyncLifetime
{
    private const string Text = "Aurora: see you at {{ attribute.favourite_store | default: \"our store\" }}. {{ stopLine }}";

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.AddRange(
                    new AttributeDefinition { Id = 1, Name = "Favourite store", Type = AttributeType.Text }, new AttributeDefinition { Id = 2, Name = "Points", Type = AttributeType.Number },
                    new AttributeDefinition { Id = 3, Name = "Renewal", Type = AttributeType.Date }, new AttributeDefinition { Id = 4, Name = "VIP", Type = AttributeType.Flag },
                    new AttributeDefinition { Id = 5, Name = "Size", Type = AttributeType.List }, new AttributeDefinition { Id = 6, Name = "Health plan", Type = AttributeType.Text, IsSensitive = true });
                return Task.CompletedTask;
            },
            default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Attributes_are_named_by_small_letters_and_no_name_ever_means_another_one()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.AddRange(
                    new AttributeDefinition { Id = 7, Name = "favourite-store!", Type = AttributeType.Text }, new AttributeDefinition { Id = 8, Name = "Größe", Type = AttributeType.Text },
                    new AttributeDefinition { Id = 9, Name = "2nd number", Type = AttributeType.Text }, new AttributeDefinition { Id = 10, Name = "サイズ", Type = AttributeType.Text });
                return Task.CompletedTask;
            },
            default);

        var fields = (await _portal.Get<AttributeFields>().AllAsync(_desk.Author, default)).ToDictionary(f => f.Id, f => f.Name);

        Assert.Equal("attribute.favourite_store", fields[1]);
        Assert.Equal(["attribute.favourite_store_7", "attribute.grosse", "attribute.a_2nd_number", "attribute.a_10"], [fields[7], fields[8], fields[9], fields[10]]);
        Assert.All(fields.Values, name => Assert.True(MessageTemplate.Parse($"{{{{ {name} | default: 'x' }}}}").IsSuccess, name));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<AttributeFields>().AllAsync(Actor.Nobody, default));
    }

    [Theory]
    [InlineData(null, "12,345.5", "31 Dec 2026", "yes", "no")]
    [InlineData("en", "12,345.5", "31 Dec 2026", "yes", "no")]
    [InlineData("de", "12.345,5", "31.12.2026", "ja", "nein")]
    [InlineData("fr", "12 345,5", "31/12/2026", "oui", "non")]
    [InlineData("es", "12.345,5", "31/12/2026", "sí", "no")]
    [InlineData("xx", "12,345.5", "31 Dec 2026", "yes", "no")]
    public void Values_are_written_as_the_language_writes_them(string? language, string number, string date, string yes, string no)
    {
        string? Written(AttributeType type, double? value = null, DateTimeOffset? day = null) => AttributeWords.Of(type, null, value, day, language)?.Text;

        Assert.Equal(number, Written(AttributeType.Number, 12345.5));
        Assert.Equal("2026", Written(AttributeType.Number, 2026));
        Assert.Equal(date, Written(AttributeType.Date, day: new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero)));
        Assert.Equal((yes, no), (Written(AttributeType.Flag, 1), Written(AttributeType.Flag, 0)));
        Assert.Equal("red, blue", AttributeWords.Of(AttributeType.List, ";red;blue;", null, null, language)?.Text);
        Assert.Null(AttributeWords.Of(AttributeType.Text, " ", null, null, language));
    }

    [Fact]
    public void Every_month_and_number_stays_in_the_seven_bit_alphabet()
    {
        foreach (var language in new[] { "en", "de", "fr", "es", "it", "pt", "nl", "pl" })
            for (var month = 1; month <= 12; month++)
                Assert.Equal(SmsEncoding.Gsm7, SmsMeasure.Of(AttributeWords.Of(AttributeType.Date, null, null, new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), language)!.Text
                    + AttributeWords.Of(AttributeType.Number, null, -1234567.25, null, language)!.Text).Encoding);
    }

    [Fact]
    public void A_flag_that_is_not_set_is_false_in_a_condition_and_a_word_in_a_text()
    {
        var template = MessageTemplate.Parse("{% if attribute.vip %}Gold{% else %}Hello{% endif %} {{ attribute.vip | default: \"?\" }} {{ attribute.size | default: \"any\" }}").Value;
        string Render(AttributeWords? vip) => template.Render(new MergeValues(null, null, "Aurora", "", null)
        {
            Attributes = vip is null ? null : new Dictionary<string, AttributeWords> { ["attribute.vip"] = vip, ["attribute.size"] = new("XL") },
        }).Text;

        Assert.Equal("Gold yes XL", Render(new AttributeWords("yes")));
        Assert.Equal("Hello no XL", Render(new AttributeWords("no", IsTrue: false)));
        Assert.Equal("Hello ? any", Render(null));
    }

    [Fact]
    public void An_attribute_needs_a_fallback_and_one_name()
    {
        Assert.Equal("attribute.points", Assert.IsType<MergeFieldNeedsFallback>(MessageTemplate.Parse("{{ attribute.points }}").Failure).Field);
        Assert.IsType<MergeFieldNeedsFallback>(MessageTemplate.Parse("{{ firstName | default: attribute.points }}").Failure);
        Assert.IsType<UnknownMergeField>(MessageTemplate.Parse("{{ attribute | default: 'x' }}").Failure);
        Assert.IsType<UnknownMergeField>(MessageTemplate.Parse("{{ attribute.a.b | default: 'x' }}").Failure);
        Assert.IsType<UnknownMergeField>(MessageTemplate.Parse("{{ attribute[firstName] | default: 'x' }}").Failure);
    }

    [Fact]
    public async Task An_attribute_that_there_is_not_is_refused_with_the_nearest_names()
    {
        var wrong = Text.Replace("favourite_store", "favorite_store", StringComparison.Ordinal);
        var refused = Assert.IsType<FieldRefused>((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, _desk.Draft(wrong), default)).Failure);

        Assert.StartsWith("There is no attribute for \"attribute.favorite_store\". The nearest are attribute.favourite_store, ", refused.Message, StringComparison.Ordinal);
        Assert.IsType<UnknownAttribute>((await PreviewAsync(wrong, withName: true)).Failure);
        Assert.IsType<FieldRefused>((await _portal.Get<SaveTextTemplate>().ExecuteAsync(_desk.Author, null, new TemplateDraft(
            "come-in", (await _portal.AddPurposeAsync("News", messageClass: MessageClass.Informational)).Id, new TemplateContent([new TemplateText("en", wrong)], [])), default)).Failure);
    }

    [Fact]
    public async Task The_dry_run_counts_whose_value_is_missing_and_the_dispatcher_writes_each_their_own()
    {
        var people = await _desk.PeopleAsync(3);
        await GiveAsync(people[0], "Soho");
        await GiveAsync(people[1], "Harlem");
        var id = await _desk.SaveAsync(_desk.Draft(Text));
        await _desk.DryRunAsync(id);
        Assert.Equal([("attribute.favourite_store", 1)], (await _desk.ViewAsync(id)).DryRun!.Detail.Missing.Select(m => (m.Key, m.Value)));

        await _desk.SubmitAsync(id);
        await _desk.ApproveAsync(id);
        await _desk.LaunchAsync(id);
        await _desk.Planner().PlanOnceAsync(default);
        var bodies = (await _desk.DecideAsync(id)).ToDictionary(t => t.SubscriberId, t => t.Outgoing.Body);

        Assert.StartsWith("Aurora: see you at Soho.", bodies[people[0]], StringComparison.Ordinal);
        Assert.StartsWith("Aurora: see you at Harlem.", bodies[people[1]], StringComparison.Ordinal);
        Assert.StartsWith("Aurora: see you at our store.", bodies[people[2]], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_stand_in_the_language_of_the_words()
    {
        var (german, french) = (await _desk.ReaderAsync("de", "+12125552368"), await _desk.ReaderAsync("fr", "+12125552369"));
        foreach (var person in new[] { german, french })
            await _portal.Database.WriteAsync(db => Task.FromResult(db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = person, AttributeId = 2, Number = 12345 })), default);
        const string English = "Aurora: {{ attribute.points | default: \"no\" }} points. {{ stopLine }}";
        var id = await _desk.LaunchedAsync(_desk.Draft(English) with
        {
            Language = "en", Translations = [new TranslatedText('A', "de", "Aurora: {{ attribute.points | default: \"keine\" }} Punkte. {{ stopLine }}")],
        });
        await _desk.Planner().PlanOnceAsync(default);

        var bodies = (await _desk.DecideAsync(id)).ToDictionary(t => t.SubscriberId, t => t.Outgoing.Body);

        Assert.StartsWith("Aurora: 12.345 Punkte.", bodies[german], StringComparison.Ordinal);
        Assert.StartsWith("Aurora: 12,345 points.", bodies[french], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attribute_that_is_taken_out_after_the_approval_ends_each_text_as_one_that_can_not_be_written()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(_desk.Draft(Text));
        await _desk.Planner().PlanOnceAsync(default);
        await TakeOutAsync(1);

        Assert.Empty(await _desk.DecideAsync(id));
        Assert.All(await _desk.TextsAsync(id), t => Assert.Equal((MessageState.Skipped, nameof(SendReason.RenderError)), (t.State, t.Reason)));
    }

    [Fact]
    public async Task An_attribute_that_is_taken_out_before_the_approval_stands_in_its_way()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.InReviewAsync(_desk.Draft(Text));
        await TakeOutAsync(1);

        var blocked = Assert.IsType<TextBlocked>((await _desk.ApproveAsync(id)).Failure);

        Assert.Equal("There is no custom attribute for attribute.favourite_store.", blocked.Found.Finding.Sentence);
        Assert.IsType<UnknownAttribute>((await _desk.DryRunAsync(await CopyAsync(id))).Failure);
    }

    [Fact]
    public async Task A_sensitive_attribute_goes_to_review_only_after_somebody_said_that_it_may_stay()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.SaveAsync(_desk.Draft("Aurora: your {{ attribute.health_plan | default: \"plan\" }} ends. {{ stopLine }}"));
        await _desk.DryRunAsync(id);

        var open = Assert.IsType<TextUnconfirmed>((await _desk.SubmitAsync(id)).Failure).Found.Finding;

        Assert.Equal(("P-07", LintSeverity.Warns), (open.Rule.Id, open.Severity));
        Assert.Contains("Health plan", open.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(CampaignLint.Check((await _portal.Get<CampaignLint>().GroundAsync(_desk.Author, _portal.Offers.Id, _desk.Segment, _portal.Now, null, default)).Value, Text), f => f.Rule.Id == "P-07");
    }

    [Fact]
    public async Task The_preview_shows_the_persons_own_value_and_an_invented_one_for_nobody()
    {
        var person = (await _desk.PeopleAsync(1))[0];
        await GiveAsync(person, "Soho");

        var own = await _portal.Get<PreviewForPerson>().ExecuteAsync(_desk.Author, Question(Text), person, default);

        Assert.StartsWith("Aurora: see you at Soho.", own.Value.Text, StringComparison.Ordinal);
        Assert.StartsWith("Aurora: see you at Favourite store.", (await PreviewAsync(Text, withName: true)).Value.Text, StringComparison.Ordinal);
        var unknown = (await PreviewAsync(Text, withName: false)).Value;
        Assert.StartsWith("Aurora: see you at our store.", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(["attribute.favourite_store"], unknown.Missing);
    }

    private PreviewQuestion Question(string text, bool withName = true) => new(_portal.Offers.Id, null, text, null, _portal.Now, withName);

    private Task<Result<MessagePreview>> PreviewAsync(string text, bool withName) => _portal.Get<CampaignPreview>().GetAsync(_desk.Author, Question(text, withName), default);

    private async Task GiveAsync(SubscriberId person, string store) =>
        await _portal.Database.WriteAsync(db => Task.FromResult(db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = person, AttributeId = 1, Text = store })), default);

    private async Task TakeOutAsync(int attribute) => await _portal.Database.WriteAsync(db => db.AttributeDefinitions.Where(a => a.Id == attribute).ExecuteDeleteAsync(), default);

    /// <summary>A draft with words that were right when they were saved.</summary>
    private async Task<CampaignId> CopyAsync(CampaignId id)
    {
        await _portal.Database.WriteAsync(db => db.Campaigns.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CampaignStatus.Draft)), default);
        return id;
    }
}
