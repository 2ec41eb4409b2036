using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

public sealed class PurposeTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_new_version_of_a_wording_retires_the_one_before_and_leaves_its_words_alone()
    {
        await _portal.AddPersonAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        var saved = await _portal.Get<SaveWording>().ExecuteAsync(_portal.Staff, Draft("en", "I agree that Aurora may text me offers and news."), default);

        Assert.True(saved.IsSuccess);
        var wordings = (await DetailAsync()).Wordings.Select(w => w.Wording).ToList();
        Assert.Equal([2, 1], wordings.Select(w => w.Version));
        Assert.Equal([null, _portal.Now], wordings.Select(w => w.RetiredAt));
        Assert.Equal("I agree that Aurora may text me offers.", wordings[1].Text);
        Assert.Equal(64, wordings[0].Hash.Length);
        Assert.Single(await _portal.AuditAsync("wording.added"));
    }

    [Fact]
    public async Task Each_language_counts_its_own_versions()
    {
        await _portal.Get<SaveWording>().ExecuteAsync(_portal.Staff, Draft("es", "Acepto que Aurora me envíe ofertas."), default);

        Assert.Equal([("en", 1), ("es", 1)], (await DetailAsync()).Wordings.Select(w => (w.Wording.Language, w.Wording.Version)));
        Assert.All((await DetailAsync()).Wordings, w => Assert.Null(w.Wording.RetiredAt));
    }

    [Fact]
    public async Task The_same_words_again_make_no_version()
    {
        var save = _portal.Get<SaveWording>();
        await save.ExecuteAsync(_portal.Staff, Draft("en", "The words"), default);

        Assert.False((await save.ExecuteAsync(_portal.Staff, Draft("en", " The words"), default)).IsSuccess);
        Assert.Equal(2, (await DetailAsync()).Wordings.Count);
    }

    [Fact]
    public async Task A_missing_part_of_a_wording_is_named()
    {
        var refused = (await _portal.Get<SaveWording>().ExecuteAsync(_portal.Staff, Draft("en", "The words") with { StopReply = " " }, default)).Failure;

        Assert.Equal(nameof(WordingDraft.StopReply), Assert.IsType<FieldRefused>(refused).Field);
    }

    [Fact]
    public async Task Once_people_have_agreed_neither_the_brand_nor_the_promise_can_be_widened()
    {
        await Save(Edit() with { Brand = "Borealis" }, refusedField: null);
        await Save(Edit() with { Brand = "Aurora" }, refusedField: null);
        await _portal.ConsentAsync(await _portal.AddPersonAsync());

        await Save(Edit() with { Brand = "Borealis" }, nameof(PurposeEdit.Brand));
        await Save(Edit() with { PromisedPerMonth = 5 }, nameof(PurposeEdit.PromisedPerMonth));
        await Save(Edit() with { PromisedPerMonth = null }, nameof(PurposeEdit.PromisedPerMonth));
        await Save(Edit() with { PromisedPerMonth = 2 }, refusedField: null);
    }

    [Theory]
    [InlineData("STOP", "JoinKeyword")]
    [InlineData("two words", "JoinKeyword")]
    [InlineData("AURORA", null)]
    public Task The_word_to_join_by_never_means_something_else_already(string word, string? refusedField) => Save(Edit() with { JoinKeyword = word }, refusedField);

    [Fact]
    public async Task Two_purposes_of_one_sender_are_not_joined_by_the_same_word()
    {
        await Save(Edit() with { JoinKeyword = "aurora" }, refusedField: null);

        await Save(Edit() with { Id = null, Name = "News", JoinKeyword = "Aurora" }, nameof(PurposeEdit.JoinKeyword));
        await Save(Edit() with { Id = null, Name = "Offers" }, nameof(PurposeEdit.Name));
    }

    [Fact]
    public async Task Nobody_can_reply_to_a_name()
    {
        await Save(Edit() with { Sender = "AURORA", SenderCanReceive = true }, nameof(PurposeEdit.SenderCanReceive));
        await Save(Edit() with { Sender = "AURORA", SenderCanReceive = false }, refusedField: null);
        await Save(Edit() with { Sender = "AURORA-SHOES-INC" }, nameof(PurposeEdit.Sender));
    }

    [Fact]
    public async Task The_kind_of_text_never_changes() => await Save(Edit() with { MessageClass = MessageClass.Transactional }, nameof(PurposeEdit.MessageClass));

    [Fact]
    public async Task The_list_counts_people_by_where_they_stand()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());

        var row = Assert.Single(await _portal.Get<PurposeList>().AllAsync(_portal.Staff, default));

        Assert.Equal((1, 0, 0), (row.Granted, row.Pending, row.Withdrawn));
        Assert.Equal(["en"], row.Languages);
    }

    [Fact]
    public async Task A_retired_purpose_goes_to_the_end_and_keeps_its_people()
    {
        await _portal.AddPurposeAsync("Zebra news");
        Assert.True((await _portal.Get<RetirePurpose>().ExecuteAsync(_portal.Staff, _portal.Offers.Id, "The shop closes", default)).IsSuccess);

        var rows = await _portal.Get<PurposeList>().AllAsync(_portal.Staff, default);

        Assert.Equal([("Zebra news", false), ("Offers", true)], rows.Select(r => (r.Name, r.IsRetired)));
    }

    [Fact]
    public async Task Who_may_not_write_wordings_changes_nothing()
    {
        var reader = _portal.Staff with { Permissions = new HashSet<string> { Permissions.ViewPolicy } };
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SavePurpose>().ExecuteAsync(reader, Edit(), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveWording>().ExecuteAsync(reader, Draft("en", "Words"), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RetirePurpose>().ExecuteAsync(reader, _portal.Offers.Id, "A reason", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<PurposeList>().AllAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<PurposeDetail>().GetAsync(Actor.Nobody, _portal.Offers.Id, default));
    }

    private async Task Save(PurposeEdit edit, string? refusedField)
    {
        var outcome = await _portal.Get<SavePurpose>().ExecuteAsync(_portal.Staff, edit, default);
        Assert.Equal(refusedField, (outcome.Failure as FieldRefused)?.Field);
        Assert.Equal(refusedField is null, outcome.IsSuccess);
    }

    [Fact]
    public async Task Countries_and_the_time_for_proof_are_kept_and_audited()
    {
        Assert.True((await EditAsync(["us", "DE", "US"], 36)).IsSuccess);

        var purpose = (await DetailAsync()).Purpose;
        Assert.Equal(("DE,US", 36), (purpose.Countries, purpose.RetentionMonths));
        var after = (await _portal.AuditAsync("purpose.changed")).Single().GetProperty("after");
        Assert.Equal(("DE,US", "36"), (after.GetProperty("countries").GetString(), after.GetProperty("retentionMonths").ToString()));
        await EditAsync([], null);
        Assert.Equal((null, null), ((await DetailAsync()).Purpose.Countries, (await DetailAsync()).Purpose.RetentionMonths));
    }

    [Theory]
    [InlineData("XX", null, nameof(PurposeEdit.Countries))]
    [InlineData("United States", null, nameof(PurposeEdit.Countries))]
    [InlineData("US", 0, nameof(PurposeEdit.RetentionMonths))]
    [InlineData("US", 121, nameof(PurposeEdit.RetentionMonths))]
    public async Task Unknown_countries_and_times_beyond_ten_years_are_refused_at_their_field(string country, int? months, string field) =>
        Assert.Equal(field, Assert.IsType<FieldRefused>((await EditAsync([country], months)).Failure).Field);

    [Fact]
    public async Task Taking_out_a_country_keeps_its_consents_and_stops_new_ones()
    {
        var before = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(before);
        var after = await _portal.AddPersonAsync("+12125552399");

        await EditAsync(["CA"], null);
        var refused = await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, after, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.WebForm, ConsentLevel.Express, new ConsentEvidence(), _portal.Now, true, "Ticked on the web form"), default);

        Assert.IsType<PurposeNotOpenThere>(refused.Failure);
        Assert.Equal(1, (await DetailAsync()).Wordings.Single().Shown);
    }

    [Fact]
    public async Task People_who_agreed_under_other_words_than_todays_are_counted_by_version()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        Assert.Empty((await DetailAsync()).Earlier);

        await WriteAsync(Draft("en", "I agree that Aurora may text me offers and news."));

        var earlier = (await DetailAsync()).Earlier.Single();
        Assert.Equal(("en", 2, 1), (earlier.Language, earlier.Before, earlier.People));
        Assert.Equal(1, earlier.Versions.Single().Wording.Version);
        var list = await _portal.Get<SubscriberList>().PageAsync(_portal.Staff, new SubscriberQuery(WordingId: _portal.Wording.Id), default);
        Assert.Equal(1, list.Total);
    }

    [Fact]
    public async Task A_version_that_changes_only_an_answer_asks_nobody_again()
    {
        await WriteAsync(Draft("en", "I agree to news."));
        var second = (await DetailAsync()).Wordings[0].Wording;
        await _portal.ConsentAsync(await _portal.AddPersonAsync(), wording: second);

        await WriteAsync(Draft("en", "I agree to news.") with { HelpReply = "Write to help@aurora.example. Reply STOP to end." });

        Assert.Empty((await DetailAsync()).Earlier);
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125552399"));
        Assert.Equal(2, (await DetailAsync()).Earlier.Single().Before);
    }

    [Fact]
    public async Task Whoever_is_to_be_asked_again_becomes_one_segment_of_exactly_these_people()
    {
        var old = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(old);
        Assert.IsType<NobodyToAskAgain>((await AskAgainAsync()).Failure);
        await WriteAsync(Draft("en", "I agree to offers and news."));
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125552399"), wording: (await DetailAsync()).Wordings[0].Wording);

        var segment = (await AskAgainAsync()).Value;

        Assert.Equal(segment, (await AskAgainAsync()).Value);
        await using var db = _portal.Database.Open();
        var version = await db.SegmentVersions.SingleAsync(v => v.SegmentId == segment);
        Assert.Equal("People who agreed to Offers under words before version 2 (en).", version.Sentence);
        Assert.Equal([old], await SegmentTranslator.People(db, SegmentRuleJson.Read(version.RuleJson).Value, RuleMoment.Utc(_portal.Now)).Select(s => s.Id).ToListAsync());
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<AskAgain>().ExecuteAsync(Actor.Nobody, _portal.Offers.Id, "en", default));
    }

    private Task<Result<SegmentId>> AskAgainAsync() => _portal.Get<AskAgain>().ExecuteAsync(_portal.Staff, _portal.Offers.Id, "en", default);

    private async Task WriteAsync(WordingDraft draft)
    {
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await _portal.Get<SaveWording>().ExecuteAsync(_portal.Staff, draft, default)).Failure);
    }

    private Task<Result<PurposeId>> EditAsync(IReadOnlyList<string> countries, int? months) => _portal.Get<SavePurpose>().ExecuteAsync(
        _portal.Staff, new PurposeEdit(_portal.Offers.Id, "Offers", "Aurora", MessageClass.Marketing, LegalBasis.Consent, "+12025550111", true, 4, false, null, countries, months), default);

    private async Task<PurposeDetails> DetailAsync() => (await _portal.Get<PurposeDetail>().GetAsync(_portal.Staff, _portal.Offers.Id, default)).Value;

    private PurposeEdit Edit() => new(
        _portal.Offers.Id, "Offers", "Aurora", MessageClass.Marketing, LegalBasis.Consent, "+12025550111", SenderCanReceive: true, PromisedPerMonth: 4,
        NeedsDoubleOptIn: false, JoinKeyword: null);

    [Fact]
    public async Task Words_without_which_there_is_no_consent_can_not_be_left_out()
    {
        var refused = (await _portal.Get<SaveWording>().ExecuteAsync(_portal.Staff, Draft("en", "") with { Text = "I agree that Aurora may text me offers." }, default)).Failure;

        Assert.Equal((nameof(WordingDraft.Text), true), (Assert.IsType<FieldRefused>(refused).Field, refused!.Message.EndsWith("(US-03)", StringComparison.Ordinal)));
    }

    private WordingDraft Draft(string language, string text) => new(
        _portal.Offers.Id, language, $"{text}{(language == "es" ? " Mensajes automáticos; el consentimiento no es condición de compra." : " Automated texts; consent is not a condition of purchase.")}", "Reply YES.", "Welcome.", "Help.", "You are out.", "4 a month", "2026-01", null);
}
