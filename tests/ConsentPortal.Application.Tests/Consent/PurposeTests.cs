using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;

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
