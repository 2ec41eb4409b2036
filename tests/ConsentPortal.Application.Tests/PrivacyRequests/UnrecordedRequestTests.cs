using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Bulk;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Requests for numbers that no record has: kept, answered and forgotten like any other.</summary>
public sealed class UnrecordedRequestTests : IAsyncLifetime
{
    private const string Number = "+12125552368";
    private static readonly Actor Anybody = Actor.Subscriber("data-request", null);
    private static readonly string Witnessed = IdentityTable.WaysWithoutRecord[^1].Name;

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_request_for_a_number_that_nobody_has_is_kept_sealed_and_its_clock_runs()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);

        var request = await ViewAsync(id);
        Assert.Equal((null, PrivacyRegime.Ccpa, PrivacyRequestStatus.Received), (request.SubscriberId, request.Regime, request.Status));
        Assert.Equal((new DateOnly(2027, 1, 8), new PhoneNumber(Number, "US").ToString(), "US", false), (request.DueOn, request.Person, request.Region, request.IsErased));
        var entry = Assert.Single(await _portal.AuditAsync("request.opened"));
        Assert.DoesNotContain("5552368", entry.ToString(), StringComparison.Ordinal);
        Assert.False(await RawFiles.HoldAsync(_portal.Folder, Number[1..]));
        var queue = await PageAsync(new PrivacyRequestQuery());
        Assert.Equal((1, 1), (queue.Open, queue.Total));
        Assert.Equal((null, request.Person, false), (queue.Rows[0].SubscriberId, queue.Rows[0].Person, queue.Rows[0].HasTwin));
    }

    [Fact]
    public async Task A_number_that_only_an_erased_record_had_has_none()
    {
        var person = await _portal.AddPersonAsync();
        Assert.IsType<NumberHasRecord>((await TryOpenAsync(PrivacyRequestKind.Access)).Failure);
        await _portal.EraseAsync(person);

        Assert.Null((await TryOpenAsync(PrivacyRequestKind.Access)).Failure);
    }

    [Fact]
    public async Task A_flood_of_forms_for_one_unknown_number_leaves_one_request_of_a_kind_and_its_messages_up_to_a_bound()
    {
        var ask = _portal.Get<AskAboutData>();
        for (var i = 0; i < 60; i++)
            await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), PrivacyRequestKind.Access, $"Message {i}", "de"), default);
        await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), PrivacyRequestKind.Erasure, null), default);

        await using var db = _portal.Database.Open();
        Assert.Equal([PrivacyRequestKind.Access, PrivacyRequestKind.Erasure], await db.PrivacyRequests.OrderBy(r => r.Number).Select(r => r.Kind).ToListAsync());
        Assert.Equal(50, await db.PrivacyRequestEntries.CountAsync(e => e.Kind == RequestEntryKinds.Message));
        Assert.Equal("de", (await db.UnrecordedNumbers.SingleAsync(n => db.PrivacyRequests.Any(r => r.Id == n.RequestId && r.Kind == PrivacyRequestKind.Access))).Language);
    }

    [Theory]
    [InlineData(PrivacyRequestKind.Objection, SuppressionScope.Marketing)]
    [InlineData(PrivacyRequestKind.OptOutOfSale, SuppressionScope.Marketing)]
    [InlineData(PrivacyRequestKind.Withdrawal, SuppressionScope.All)]
    [InlineData(PrivacyRequestKind.Access, null)]
    public async Task What_stops_texts_puts_the_number_on_the_do_not_text_list_once_and_at_once(PrivacyRequestKind kind, SuppressionScope? scope)
    {
        var ask = _portal.Get<AskAboutData>();
        await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), kind, null), default);
        await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), kind, null), default);

        await using var db = _portal.Database.Open();
        var hash = _portal.Get<LookupHash>().Phone(Number);
        Assert.Equal(scope is { } listed ? [listed] : [], await db.Suppressions.Where(s => s.PhoneHash == hash && s.LiftedAt == null).Select(s => s.Scope).ToListAsync());
        Assert.Equal(scope is null ? 0 : 1, (await _portal.AuditAsync("request.numberListed")).Count);
    }

    [Fact]
    public async Task Who_asks_without_a_record_is_recognised_by_a_witness_alone_and_no_text_leaves()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);

        Assert.IsType<CodeNeedsRecord>((await _portal.Get<TextRequestCode>().ExecuteAsync(_desk.First, id, default)).Failure);
        foreach (var way in IdentityTable.Ways.Except(IdentityTable.WaysWithoutRecord))
            Assert.IsType<WitnessNeeded>((await _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, way.Name, "Called the number", default)).Failure);
        Assert.IsType<WitnessNoteNeeded>((await _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, Witnessed, null, default)).Failure);
        Assert.Null((await VerifyAsync(id)).Failure);

        await using var db = _portal.Database.Open();
        Assert.Empty(await db.OutboundMessages.ToListAsync());
        Assert.Empty(await db.OneTimeCodes.ToListAsync());
    }

    [Fact]
    public async Task That_nothing_is_held_is_answered_after_a_search_and_closes_the_request_when_its_letter_has_left()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);
        Assert.IsType<NotSearchedYet>((await AnswerAsync(id)).Failure);
        await SearchAsync(id);
        Assert.IsType<RequestNotReady>((await AnswerAsync(id)).Failure);
        await VerifyAsync(id);
        _portal.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Null((await AnswerAsync(id)).Failure);

        var replying = await ViewAsync(id);
        Assert.Equal((PrivacyRequestStatus.Replying, _portal.Now), (replying.Status, replying.Unrecorded!.SearchedAt));
        Assert.Contains("no record has this number, nor had one before", replying.Outcome, StringComparison.Ordinal);
        await _desk.ReplyAsync(id);
        var closed = await ViewAsync(id);
        Assert.Equal(PrivacyRequestStatus.Completed, closed.Status);
        Assert.Contains("we hold no data about you", closed.Letters.Single().Text, StringComparison.Ordinal);
        Assert.Contains("24 November 2026 we searched everything", closed.Letters.Single().Text, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(await _portal.AuditAsync("request.searched")).GetProperty("after").GetProperty("records").GetInt32());
        Assert.Single(await _portal.AuditAsync("request.carriedOut"));
        Assert.Single(await _portal.AuditAsync("request.completed"));
    }

    [Theory]
    [InlineData("en", "do not text")]
    [InlineData("es", "no enviamos mensajes")]
    [InlineData("fr", "n'envoyons pas de SMS")]
    [InlineData("de", "keine SMS schicken")]
    public async Task The_letter_says_in_each_language_that_the_number_is_on_the_list(string language, string words)
    {
        var id = (await TryOpenAsync(PrivacyRequestKind.Objection, PrivacyRegime.Gdpr)).Value;
        await SearchAsync(id);
        Assert.Null((await AnswerAsync(id)).Failure);

        var letter = (await _portal.Get<DraftLetter>().ExecuteAsync(_desk.First, id, LetterKind.Completion, language, null, default)).Value;

        Assert.Contains(words, letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", letter.Text, StringComparison.Ordinal);
        Assert.Equal(language, letter.Language);
    }

    [Fact]
    public async Task A_withdrawal_closes_without_an_answer()
    {
        var id = await OpenAsync(PrivacyRequestKind.Withdrawal);
        await SearchAsync(id);

        Assert.Null((await AnswerAsync(id)).Failure);

        Assert.Equal(PrivacyRequestStatus.Completed, (await _desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task A_record_that_has_come_into_being_takes_the_request_over_and_who_asks_is_made_sure_anew()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, null, default)).Failure);
        Assert.Null((await _portal.Get<AttachToRequest>().ExecuteAsync(_desk.First, id, AttachmentKind.Letter, EvidenceFile.ReadLetter("letter.pdf", "%PDF-1.7 Please"u8.ToArray()).Value, default)).Failure);
        await VerifyAsync(id);
        await SearchAsync(id);
        var person = await _portal.AddPersonAsync();
        Assert.IsType<RecordCameIntoBeing>((await AnswerAsync(id)).Failure);
        Assert.Equal([new FoundRecord(person, true, _portal.Now)], (await ViewAsync(id)).Unrecorded!.Found!.Records);

        Assert.Null((await JoinAsync(id, person)).Failure);

        var joined = await ViewAsync(id);
        Assert.Equal((person, PrivacyRequestStatus.Received, null, null), (joined.SubscriberId, joined.Status, joined.VerifiedBy, joined.Unrecorded));
        Assert.StartsWith("We have your request DSR-1", joined.Letters.Single().Text, StringComparison.Ordinal);
        Assert.Equal("letter.pdf", Assert.Single(await _portal.Get<RequestAttachments>().OfAsync(_desk.First, id, default)).Name);
        await using var db = _portal.Database.Open();
        Assert.Empty(await db.UnrecordedNumbers.ToListAsync());
        Assert.Single(await _portal.AuditAsync("request.joined"));
        Assert.IsType<RequestHasRecord>((await _portal.Get<SearchForNumber>().ExecuteAsync(_desk.First, id, default)).Failure);
        Assert.Null((await _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, VerifyRequester.Ways[0], null, default)).Failure);
        await _desk.ReviewAsync(id);
    }

    [Fact]
    public async Task A_request_joins_no_record_that_its_number_does_not_lead_to()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);
        var somebodyElse = await _portal.AddPersonAsync("+12125550177");

        Assert.IsType<RecordIsNotOfNumber>((await JoinAsync(id, somebodyElse)).Failure);

        Assert.Null((await _desk.FindAsync(id)).SubscriberId);
    }

    [Fact]
    public async Task An_objection_that_is_joined_ends_the_consent_of_the_record()
    {
        var id = await OpenAsync(PrivacyRequestKind.Objection);
        var person = await _portal.AddPersonAsync();
        // As an import of a list with proofs from before leaves it.
        await _portal.ConsentAsync(person, at: _portal.Now.AddDays(-30));
        await _portal.Database.WriteAsync(db => db.Suppressions.ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, (DateTimeOffset?)null)), default);

        Assert.Null((await JoinAsync(id, person)).Failure);

        await using var read = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await read.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task Whoever_had_the_number_before_is_shown_and_staff_say_that_it_is_somebody_else()
    {
        var former = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Reassigned)), default);
        var id = await OpenAsync(PrivacyRequestKind.Access);
        await VerifyAsync(id);
        await SearchAsync(id);
        Assert.Equal([new FoundRecord(former, false, _portal.Now)], (await ViewAsync(id)).Unrecorded!.Found!.Records);
        Assert.IsType<FormerRecordFound>((await AnswerAsync(id)).Failure);

        Assert.Null((await AnswerAsync(id, isFormerAnother: true)).Failure);
    }

    [Fact]
    public async Task An_erasure_of_what_nobody_holds_needs_no_second_person_and_has_no_certificate()
    {
        var other = await _portal.AddPersonAsync("+12125550177");
        var text = await _portal.SendAsync(other, _portal.Now, body: "Hello");
        var id = await OpenAsync(PrivacyRequestKind.Erasure);
        await VerifyAsync(id);
        await SearchAsync(id);
        Assert.IsType<NoRecordToActOn>((await _desk.AskAsync(id)).Failure);

        Assert.Null((await AnswerAsync(id)).Failure);

        await _desk.ReplyAsync(id);
        Assert.Equal(PrivacyRequestStatus.Completed, (await _desk.FindAsync(id)).Status);
        Assert.IsType<NoRecordToActOn>((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).Failure);
        Assert.NotNull((await _portal.Get<RedactAtProvider>().ExecuteAsync(_desk.Second, id, default)).Failure);
        await using var db = _portal.Database.Open();
        Assert.NotNull((await db.OutboundMessages.SingleAsync(m => m.Id == text)).BodySealed);
        Assert.Empty(await db.ProviderRedactions.ToListAsync());
    }

    [Fact]
    public async Task An_erasure_takes_away_what_is_kept_under_the_number_alone_by_somebody_who_may_erase()
    {
        await _portal.ReceiveAsync(null, "Who are you?", _portal.Now, from: Number);
        var id = await OpenAsync(PrivacyRequestKind.Erasure);
        await VerifyAsync(id);
        await SearchAsync(id);
        var agent = await _portal.AddStaffAsync("Noor Haddad", [Permissions.ViewPrivacyRequests, Permissions.HandlePrivacyRequests]);
        Assert.IsType<ErasingIsOthers>((await _portal.Get<AnswerNothingHeld>().ExecuteAsync(agent, id, false, default)).Failure);

        Assert.Null((await AnswerAsync(id)).Failure);

        await using var db = _portal.Database.Open();
        Assert.Null((await db.InboundMessages.SingleAsync()).BodySealed);
        Assert.Contains("Nothing else is held under it", (await FoundAsync(id)).InWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_two_unknown_numbers_are_never_taken_for_one_persons()
    {
        var first = await OpenAsync(PrivacyRequestKind.Access);
        var second = (await TryOpenAsync(PrivacyRequestKind.Access, number: "+12125550177")).Value;

        var outcome = await _portal.Get<CloseDuplicates>().ExecuteAsync(_desk.First, [first, second], null, default);

        Assert.Equal((0, 2), (outcome.Value.Done, outcome.Value.Refused.Count));
        Assert.Empty((await ViewAsync(first)).Others);
        Assert.Empty((await PageAsync(new PrivacyRequestQuery(HasTwin: true))).Rows);
        Assert.IsType<RequestIsOpenAlready>((await TryOpenAsync(PrivacyRequestKind.Access)).Failure);
    }

    [Fact]
    public async Task A_second_request_for_the_same_unknown_number_is_a_twin_and_closes_into_the_first()
    {
        var first = await OpenAsync(PrivacyRequestKind.Access);
        var second = (await TryOpenAsync(PrivacyRequestKind.Access, isSecondWanted: true)).Value;
        Assert.Equal(2, (await PageAsync(new PrivacyRequestQuery(HasTwin: true))).Total);
        Assert.Equal([true, true], (await PageAsync(new PrivacyRequestQuery())).Rows.Select(r => r.HasTwin));

        await _portal.Get<CloseDuplicates>().ExecuteAsync(_desk.First, [first, second], null, default);

        Assert.Equal([PrivacyRequestStatus.Received, PrivacyRequestStatus.Cancelled], [(await _desk.FindAsync(first)).Status, (await _desk.FindAsync(second)).Status]);
    }

    [Fact]
    public async Task The_queue_finds_it_by_its_number_and_by_the_country_of_the_number()
    {
        await OpenAsync(PrivacyRequestKind.Access);
        await TryOpenAsync(PrivacyRequestKind.Access, number: "+4915112345678", region: "DE");
        await _desk.ReceiveAsync(await _portal.AddPersonAsync("+12125550177"), PrivacyRequestKind.Access);

        Assert.Equal([1], (await PageAsync(new PrivacyRequestQuery(Search: Number))).Rows.Select(r => r.Number));
        Assert.Equal([2], (await PageAsync(new PrivacyRequestQuery(Country: "DE"))).Rows.Select(r => r.Number));
        Assert.Equal([1, 2], (await PageAsync(new PrivacyRequestQuery(IsUnrecorded: true))).Rows.Select(r => r.Number).Order());
        Assert.Equal(["DE", "US"], (await _portal.Get<PrivacyRequestList>().ChoicesAsync(_desk.First, default)).Places.Select(p => p.Country));
    }

    [Fact]
    public async Task The_number_is_deleted_with_the_retention_of_requests_even_of_the_newest_one_which_stays()
    {
        var id = await OpenAsync(PrivacyRequestKind.Withdrawal, "Said so on the phone");
        await SearchAsync(id);
        await AnswerAsync(id);
        await RunRetentionAsync();
        Assert.NotNull((await ViewAsync(id)).Person);
        await using var db = _portal.Database.Open();
        var piece = (await db.UnrecordedNumbers.SingleAsync()).PhoneSealed;

        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddYears(10));
        await RunRetentionAsync();

        var kept = await ViewAsync(id);
        Assert.Equal((null, true, PrivacyRequestStatus.Completed), (kept.Person, kept.IsErased, kept.Status));
        Assert.DoesNotContain(kept.Entries, e => e.Kind == RequestEntryKinds.Comment);
        Assert.Equal("Erased", (await PageAsync(new PrivacyRequestQuery(IsOpen: null))).Rows.Single().Person);
        foreach (var file in Directory.EnumerateFiles(_portal.Folder, "*", SearchOption.AllDirectories))
            Assert.True((await RawFiles.ReadAsync(file)).AsSpan().IndexOf(piece) < 0, file);
    }

    [Fact]
    public async Task An_erasure_of_a_later_record_takes_the_number_out_of_the_requests_that_were_answered_before()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access, "Rang twice");
        await VerifyAsync(id);
        await SearchAsync(id);
        await AnswerAsync(id);
        await _desk.ReplyAsync(id);
        var erasure = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync());

        Assert.True((await _desk.EraseAsync(erasure)).IsSuccess);

        var before = await ViewAsync(id);
        Assert.Equal((null, null, PrivacyRequestStatus.Completed), (before.Person, before.Letters.Single().Text, before.Status));
        Assert.DoesNotContain(before.Entries, e => e.Kind == RequestEntryKinds.Comment);
    }

    [Fact]
    public async Task The_package_of_a_later_record_lists_a_request_that_was_never_joined_without_its_words()
    {
        await OpenAsync(PrivacyRequestKind.Portability, "Rang twice");
        _portal.Clock.Advance(TimeSpan.FromDays(3));
        await TryOpenAsync(PrivacyRequestKind.Access, number: "+12125550177");
        var person = await _portal.AddPersonAsync();
        var own = await _desk.ReviewedAsync(person, PrivacyRequestKind.Access);

        var files = AccessPackageTests.Unzip((await _portal.Get<MakeAccessPackage>().ExecuteAsync(_desk.First, own, default)).Value.Bytes);

        var requests = JsonDocument.Parse(files["data.json"]).RootElement.GetProperty("requests").EnumerateArray().ToList();
        Assert.Equal(["DSR-1", "DSR-3"], requests.Select(r => r.GetProperty("number").GetString()));
        Assert.Equal(
            ("portability", "ccpa", "received", false),
            (requests[0].GetProperty("kind").GetString(), requests[0].GetProperty("regime").GetString(), requests[0].GetProperty("status").GetString(), requests[0].GetProperty("isOfRecord").GetBoolean()));
        Assert.Equal(_portal.Now.AddDays(-3).AddHours(-1), requests[0].GetProperty("receivedAt").GetDateTimeOffset());
        Assert.True(requests[1].GetProperty("isOfRecord").GetBoolean());
        var table = Encoding.UTF8.GetString(files["requests.csv"]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["DSR-1,portability,ccpa", "DSR-3,access,ccpa"], table.Skip(1).Select(line => string.Join(',', line.Split(',').Take(3))));
        Assert.EndsWith(",received,,no", table[1], StringComparison.Ordinal);
        Assert.Contains("DSR-1 came for your number before we had a record of you.", PdfText.Of(files["summary.pdf"]), StringComparison.Ordinal);
        Assert.All(files.Values, file => Assert.DoesNotContain("Rang twice", Encoding.UTF8.GetString(file), StringComparison.Ordinal));
        Assert.Contains("never joined", JsonDocument.Parse(files["schema.json"]).RootElement.GetProperty("properties").GetProperty("requests").GetProperty("items").GetProperty("properties").GetProperty("isOfRecord").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_numbers_are_wrapped_anew_with_those_of_people()
    {
        await OpenAsync(PrivacyRequestKind.Access);
        await using var db = _portal.Database.Open();
        var before = (await db.UnrecordedNumbers.AsNoTracking().SingleAsync()).WrappedKey;

        Assert.Equal(1, (await _portal.Get<RotateKeys>().ExecuteAsync(Actor.CommandLine, addsKey: true, null, default)).Rewrapped);

        Assert.NotEqual(before, (await db.UnrecordedNumbers.AsNoTracking().SingleAsync()).WrappedKey);
    }

    [Fact]
    public async Task The_full_number_is_shown_for_a_reason_that_does_not_hold_it_and_the_trail_keeps_who_saw_it()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);
        var reveal = _portal.Get<RevealRequestNumber>();

        Assert.IsType<ReasonNamesPerson>((await reveal.ExecuteAsync(_desk.First, id, $"To call {Number}", default)).Failure);
        Assert.Equal(Number, (await reveal.ExecuteAsync(_desk.First, id, "To call them back", default)).Value);

        Assert.Equal("To call them back", Assert.Single(await _portal.AuditAsync(RevealRequestNumber.Revealed)).GetProperty("reason").GetString());
    }

    private Task<Result<PrivacyRequestId>> TryOpenAsync(PrivacyRequestKind kind, PrivacyRegime? regime = null, string? note = null, string number = Number, string region = "US", bool isSecondWanted = false) =>
        _portal.Get<OpenUnrecordedRequest>().ExecuteAsync(_desk.First, new NewUnrecordedRequest(new PhoneNumber(number, region), kind, regime, "Phone", _portal.Now.AddHours(-1), note, isSecondWanted), default);

    private async Task<PrivacyRequestId> OpenAsync(PrivacyRequestKind kind, string? note = null) => (await TryOpenAsync(kind, note: note)).Value;

    private async Task<PrivacyRequestView> ViewAsync(PrivacyRequestId id) => (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;

    private Task<PrivacyRequestQueue> PageAsync(PrivacyRequestQuery query) => _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, query, default);

    private Task<Result<Done>> VerifyAsync(PrivacyRequestId id) => _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, Witnessed, "Called the number and asked", default);

    private async Task SearchAsync(PrivacyRequestId id) => Assert.Null((await _portal.Get<SearchForNumber>().ExecuteAsync(_desk.First, id, default)).Failure);

    private Task<Result<Done>> AnswerAsync(PrivacyRequestId id, bool isFormerAnother = false) => _portal.Get<AnswerNothingHeld>().ExecuteAsync(_desk.First, id, isFormerAnother, default);

    private Task<Result<Done>> JoinAsync(PrivacyRequestId id, SubscriberId record) => _portal.Get<JoinRecord>().ExecuteAsync(_desk.First, id, record, default);

    private async Task<NumberFindings> FoundAsync(PrivacyRequestId id) => (await ViewAsync(id)).Unrecorded!.Found!;

    private async Task RunRetentionAsync() => Assert.True((await _portal.Get<RunRetention>().ExecuteAsync(_desk.First, default)).IsSuccess);
}
