using System.Globalization;
using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>Where the provider and the portal don't agree about a number: what is found, what is done about it, and what is not.</summary>
public sealed class ProviderDifferenceTests : IAsyncLifetime
{
    private const string Number = "+12125552368";
    private const string Other = "+12125552369";

    private static readonly ProviderDifferenceQuery BlockedThere = new();
    private static readonly ProviderDifferenceQuery StoppedHere = new(ProviderDifference.StoppedHere);

    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync(Number);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_receipt_that_reports_an_opt_out_ends_the_consent_and_leaves_no_difference()
    {
        await _portal.ConsentAsync(_person);
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut);

        await CompareAsync();

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
        Assert.Equal(1, (await CountsAsync()).Known);
    }

    [Fact]
    public async Task Somebody_who_agrees_again_on_a_form_after_the_provider_has_blocked_them_is_a_difference()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync();

        await CompareAsync();

        var row = Assert.Single((await PageAsync(BlockedThere)).Rows);
        Assert.Equal((_person, "+1 212 ••• 2368", "Ada Okafor", "+12025550111"), (row.Person, row.Phone, row.Name, row.Sender));
        Assert.Equal((ProviderEvidence.OptedOut, "1240", false), (row.Evidence, row.Code, row.IsOver));
        Assert.Equal(("Offers", ConsentChannel.WebForm), (Assert.Single(row.Purposes), row.AgreedBy));
        Assert.Equal((1, 0, 0), (await CountsAsync()) switch { var c => (c.BlockedThere, c.StoppedHere, c.Explained) });
    }

    [Fact]
    public async Task The_report_tells_what_both_sides_say_and_names_the_person_by_their_id_only()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync();
        await CompareAsync();
        var id = Assert.Single((await PageAsync(BlockedThere)).Rows).Id;
        await _portal.Get<ExplainDifference>().ExecuteAsync(_portal.Staff, id, "They asked us by telephone.", default);

        var made = await _portal.Get<MakeReport>().ExecuteAsync(_portal.Staff, new ReportWish("provider-differences", new ReportFilter()), ReportFormats.Csv, default);
        await using var file = made.Value;
        var text = await new StreamReader(file.Content).ReadToEndAsync();

        Assert.Contains($"Blocked there, open here\",{_person},", text, StringComparison.Ordinal);
        Assert.Contains($",1240,", text, StringComparison.Ordinal);
        Assert.Contains($"{_portal.Staff.Name},They asked us by telephone.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2368", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Okafor", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_START_texted_after_the_block_went_by_the_provider_and_is_none()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync(ConsentChannel.Keyword);

        await CompareAsync();

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
    }

    [Fact]
    public async Task A_barred_number_with_consent_is_a_difference_and_a_delivered_text_ends_it()
    {
        await _portal.ConsentAsync(_person);
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Undeliverable, "1050", ProviderErrorClass.Barred);
        await CompareAsync();
        Assert.Equal(ProviderEvidence.Barred, Assert.Single((await PageAsync(BlockedThere)).Rows).Evidence);

        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Delivered);
        await CompareAsync();

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
        Assert.Empty((await PageAsync(StoppedHere)).Rows);
    }

    [Fact]
    public async Task A_consent_for_another_sender_is_none()
    {
        await BlockedByReceiptAsync();
        var news = await _portal.AddPurposeAsync("News");
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == news.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199")), default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await LiftStopsAsync();
        await _portal.ConsentAsync(_person, news, await _portal.AddWordingAsync(news));

        await CompareAsync();

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
    }

    [Fact]
    public async Task Applying_withdraws_for_everybody_with_the_number_with_the_provider_as_the_source_and_audits_it()
    {
        await BlockedByReceiptAsync();
        var twin = await _portal.AddTwinAsync(Number);
        await AgreeAgainAsync();
        await _portal.ConsentAsync(twin);
        await CompareAsync();
        var row = Assert.Single((await PageAsync(BlockedThere)).Rows);
        Assert.Equal(1, row.Others);

        Assert.Equal(2, (await _portal.Get<ApplyProviderBlock>().ExecuteAsync(_portal.Staff, row.Id, default)).Value);

        await using var db = _portal.Database.Open();
        Assert.All(await db.ConsentRecords.ToListAsync(), record => Assert.Equal(ConsentStatus.Withdrawn, record.Status));
        Assert.Equal([ConsentChannel.Provider, ConsentChannel.Provider], await db.ConsentEvents.Where(e => e.Kind == ConsentEventKind.Withdrawn && e.ActorKind == ActorKind.Staff).Select(e => e.Channel).ToListAsync());
        Assert.Equal(SuppressionSource.Carrier, (await db.Suppressions.OrderByDescending(s => s.Id).FirstAsync()).Source);
        var entry = Assert.Single(await _portal.AuditAsync("provider.blockApplied"));
        Assert.Contains("code 1240", entry.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _portal.AuditAsync("consent.withdrawn")).Count(e => e.GetProperty("reason").GetString()!.StartsWith("The provider blocks", StringComparison.Ordinal)));
        Assert.Empty((await PageAsync(BlockedThere)).Rows);
        Assert.IsType<DifferenceIsOver>((await _portal.Get<ApplyProviderBlock>().ExecuteAsync(_portal.Staff, row.Id, default)).Failure);
    }

    [Fact]
    public async Task What_has_been_settled_since_the_comparison_says_so_and_is_not_applied()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync();
        await CompareAsync();
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, _person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the phone", _portal.Now), default);

        var row = Assert.Single((await PageAsync(BlockedThere)).Rows);

        Assert.True(row.IsOver);
        Assert.IsType<DifferenceIsOver>((await _portal.Get<ApplyProviderBlock>().ExecuteAsync(_portal.Staff, row.Id, default)).Failure);
        Assert.Empty(await _portal.AuditAsync("provider.blockApplied"));
    }

    [Fact]
    public async Task An_explanation_keeps_words_and_name_takes_the_difference_off_the_list_and_changes_no_consent()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync();
        await CompareAsync();
        var id = Assert.Single((await PageAsync(BlockedThere)).Rows).Id;

        Assert.IsType<ReasonNeeded>((await ExplainAsync(id, "  no ")).Failure);
        Assert.IsType<ReasonNamesPerson>((await ExplainAsync(id, "Ada Okafor called us")).Failure);
        Assert.IsType<DifferenceNotFound>((await ExplainAsync(id + 1, "Support lifts the block")).Failure);
        Assert.True((await ExplainAsync(id, "Support lifts the block")).IsSuccess);
        await CompareAsync();

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
        var row = Assert.Single((await PageAsync(BlockedThere with { IsExplained = true })).Rows);
        Assert.Equal(("Support lifts the block", "Carla Mendes"), (row.Explained!.Words, row.Explained.Who));
        Assert.Equal((0, 1), (await CountsAsync()) switch { var c => (c.BlockedThere, c.Explained) });
        Assert.Equal("Support lifts the block", Assert.Single(await _portal.AuditAsync("provider.differenceExplained")).GetProperty("reason").GetString());
        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task An_explanation_is_over_once_the_provider_says_the_opposite()
    {
        await BlockedByReceiptAsync();
        await AgreeAgainAsync();
        await CompareAsync();
        await ExplainAsync(Assert.Single((await PageAsync(BlockedThere)).Rows).Id, "Support lifts the block");
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Delivered);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Undeliverable, "1050", ProviderErrorClass.Barred);

        await CompareAsync();

        Assert.Null(Assert.Single((await PageAsync(BlockedThere)).Rows).Explained);
    }

    [Theory]
    [InlineData(1, 5, true)]
    [InlineData(-1, 5, false)]
    [InlineData(-1, 11, true)]
    public async Task A_text_delivered_after_a_stop_is_a_difference_unless_it_was_on_its_way(int sentMinutesAfterStop, int deliveredMinutesAfterStop, bool isDifference)
    {
        await _portal.ConsentAsync(_person);
        var stop = _portal.Now;
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, _person, new Withdrawal(SuppressionScope.Marketing, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the phone", stop), default);
        var text = await TextAsync(stop.AddMinutes(sentMinutesAfterStop));
        _portal.Clock.Advance(TimeSpan.FromMinutes(deliveredMinutesAfterStop));

        await ReceiptAsync(text, DeliveryStatus.Delivered);
        await CompareAsync();

        var rows = (await PageAsync(StoppedHere)).Rows;
        Assert.Equal(isDifference, rows.Count == 1);
        if (isDifference)
        {
            Assert.Equal((ProviderEvidence.Delivered, SuppressionScope.Marketing, "Asked on the phone"), (rows[0].Evidence, rows[0].Stop!.Scope, rows[0].Stop!.Reason));
            Assert.IsType<NothingToApply>((await _portal.Get<ApplyProviderBlock>().ExecuteAsync(_portal.Staff, rows[0].Id, default)).Failure);
            Assert.True((await ExplainAsync(rows[0].Id, "Sent by the shop's own system")).IsSuccess);
            Assert.Empty((await PageAsync(StoppedHere)).Rows);
        }
    }

    [Fact]
    public async Task The_confirmation_of_a_stop_and_a_text_that_the_stop_does_not_reach_are_none()
    {
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, _person, new Withdrawal(SuppressionScope.Marketing, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the phone", _portal.Now), default);
        var confirmation = await TextAsync(_portal.Now.AddMinutes(1));
        await _portal.Database.WriteAsync(db => db.Database.ExecuteSqlAsync($"UPDATE OutboundMessages SET Kind = {(int)MessageKind.OptOutConfirmation} WHERE Id = {confirmation}"), default);
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        await ReceiptAsync(confirmation, DeliveryStatus.Delivered);
        await ReceiptAsync(await TextAsync(_portal.Now, orders), DeliveryStatus.Delivered);
        await CompareAsync();

        Assert.Empty((await PageAsync(StoppedHere)).Rows);
    }

    [Fact]
    public async Task A_list_names_who_is_blocked_and_a_complete_one_also_whose_stop_it_has_missed()
    {
        await _portal.ConsentAsync(_person);
        var stopped = await _portal.AddPersonAsync(Other, first: "Ben", last: "Adeyemi");
        var byForm = await _portal.AddPersonAsync("+12125552370", first: "Cleo", last: "Marchetti");
        await StopAsync(stopped, SuppressionSource.Keyword);
        await StopAsync(byForm, SuppressionSource.PreferenceCentre);
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        var taken = (await TakeAsync("number\n12125552368\n12125559999\nnonsense\n", isComplete: true)).Value;

        Assert.Equal((1, 1, 1, 1), (taken.Known, taken.Strangers, taken.NotNumbers, taken.Missing));
        Assert.Equal(4, Assert.Single(taken.Refused).Line);
        Assert.Equal((ProviderEvidence.List, _person), Assert.Single((await PageAsync(BlockedThere)).Rows) switch { var r => (r.Evidence, r.Person!.Value) });
        // Whoever stopped on a page never told the provider: that it does not block them is nothing to find.
        Assert.Equal((ProviderEvidence.NotOnList, stopped), Assert.Single((await PageAsync(StoppedHere)).Rows) switch { var r => (r.Evidence, r.Person!.Value) });
        Assert.Equal(1, Assert.Single(await _portal.AuditAsync("provider.listTaken")).GetProperty("after").GetProperty("missing").GetInt32());
        await using var db = _portal.Database.Open();
        Assert.Equal(2, await db.ProviderVerdicts.CountAsync());
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task A_later_complete_list_without_the_number_ends_the_block_and_an_older_one_changes_nothing()
    {
        await _portal.ConsentAsync(_person);
        await TakeAsync("12125552368\n", isComplete: false);
        Assert.Single((await PageAsync(BlockedThere)).Rows);

        Assert.True((await TakeAsync("12125559999\n", isComplete: true, asOf: _portal.Now.AddDays(-1))).IsSuccess);
        Assert.Single((await PageAsync(BlockedThere)).Rows);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await TakeAsync("12125559999\n", isComplete: true)).Value.Missing);

        Assert.Empty((await PageAsync(BlockedThere)).Rows);
    }

    [Fact]
    public async Task A_list_of_the_future_or_of_a_sender_that_nobody_uses_is_refused()
    {
        Assert.Contains("future", (await TakeAsync("12125552368\n", isComplete: false, asOf: _portal.Now.AddHours(1))).Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("sender", (await TakeAsync("12125552368\n", isComplete: false, sender: "+12025550000")).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_providers_records_tell_of_texts_that_others_sent_and_nothing_is_kept_of_strangers()
    {
        await _portal.ConsentAsync(_person);
        var provider = (ForgetfulProvider)_portal.Get<ISmsGateway>();
        provider.Blocked.AddRange(
        [
            new(Number, "12025550111", "1240", _portal.Now.AddDays(-1)), new(Number, "12025550111", "1240", _portal.Now.AddDays(-2)),
            new(Number, "12025550000", "1240", _portal.Now), new("+12125559999", "12025550111", "1240", _portal.Now),
        ]);

        var asked = (await _portal.Get<AskProviderForBlocks>().ExecuteAsync(_portal.Staff, default)).Value;

        Assert.Equal((4, 1), (asked.Refused, asked.Ours));
        var row = Assert.Single((await PageAsync(BlockedThere)).Rows);
        Assert.Equal((ProviderEvidence.Records, _portal.Now.AddDays(-1)), (row.Evidence, row.SaidAt));
        Assert.Equal(1, (await CountsAsync()).Known);
        Assert.Single(await _portal.AuditAsync("provider.asked"));
    }

    [Fact]
    public async Task Without_an_account_at_the_provider_asking_is_a_sentence()
    {
        ((ForgetfulProvider)_portal.Get<ISmsGateway>()).HasAccount = false;

        Assert.IsType<NoProviderAccount>((await _portal.Get<AskProviderForBlocks>().ExecuteAsync(_portal.Staff, default)).Failure);
        Assert.False(_portal.Get<ProviderDifferenceList>().HasProvider);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_and_filters_narrow_them()
    {
        await ManyAsync(ProviderDifferenceList.PageSize + 10);
        await CompareAsync();

        var first = await PageAsync(BlockedThere);
        var second = await PageAsync(BlockedThere, first.Next);

        Assert.Equal((60, 50, 10, null), (first.Total, first.Rows.Count, second.Rows.Count, second.Next));
        Assert.Equal(60, first.Rows.Concat(second.Rows).Select(row => row.Id).Distinct().Count());
        Assert.Empty((await PageAsync(BlockedThere with { Evidence = ProviderEvidence.Barred })).Rows);
        Assert.Empty((await PageAsync(BlockedThere with { Sender = "+12025550199" })).Rows);
        Assert.Equal(60, (await PageAsync(BlockedThere with { Evidence = ProviderEvidence.List, Sender = "+12025550111" })).Total);
    }

    [Fact]
    public async Task The_export_holds_every_difference_with_masked_numbers()
    {
        await ManyAsync(3);
        await CompareAsync();
        using var file = new MemoryStream();

        await _portal.Get<ExportProviderDifferences>().ExecuteAsync(_portal.Staff, BlockedThere, file, default);

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("••• 3000", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("12125553000", string.Concat(lines), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(await _portal.AuditAsync("provider.differencesExported")).GetProperty("after").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task An_erasure_takes_what_the_provider_said_along()
    {
        await BlockedByReceiptAsync();
        await _portal.Database.WriteAsync(
            async db => await new Application.PrivacyRequests.Erasure.SubscriberErasure(db, await db.Subscribers.SingleAsync(s => s.Id == _person), [], null, _portal.Now).ApplyAsync(_portal.Staff, default), default);

        Assert.Equal(0, (await CountsAsync()).Known);
    }

    [Fact]
    public async Task Looking_comparing_and_acting_read_no_large_table_from_end_to_end()
    {
        string[] large = ["Subscribers", "ConsentEvents", "ConsentRecords", "OutboundMessages", "ReceivedReceipts", "Suppressions", "NumberPeriods", "AuditEntries"];
        await ManyAsync(3);
        await CompareAsync();
        await _portal.ConsentAsync(_person);
        var text = await TextAsync(_portal.Now);
        using var plans = new QueryPlans(_portal);

        await ReceiptAsync(text, DeliveryStatus.Delivered);
        await CompareAsync();
        var row = (await PageAsync(BlockedThere)).Rows[0];
        await CountsAsync();
        await _portal.Get<ApplyProviderBlock>().ExecuteAsync(_portal.Staff, row.Id, default);
        await ExplainAsync((await PageAsync(BlockedThere)).Rows[0].Id, "Support lifts the block");

        Assert.True(plans.Asked > 15, "The statements were not seen.");
        Assert.Empty((await plans.ReadWholeAsync()).Where(read => large.Contains(read.Table) || (read.Table == "ProviderVerdicts" && !read.Sql.Contains("COUNT", StringComparison.Ordinal))).Select(read => $"{read.Table}: {read.Sql}"));
    }

    [Fact]
    public async Task Nobody_without_permission_sees_or_changes_anything()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ProviderDifferenceList>().PageAsync(Actor.Nobody, BlockedThere, null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ProviderDifferenceList>().CountAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CompareNow>().ExecuteAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ApplyProviderBlock>().ExecuteAsync(Actor.Nobody, 1, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExplainDifference>().ExecuteAsync(Actor.Nobody, 1, "Because of it", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<AskProviderForBlocks>().ExecuteAsync(Actor.Nobody, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExportProviderDifferences>().ExecuteAsync(Actor.Nobody, BlockedThere, Stream.Null, default));
    }

    private async Task BlockedByReceiptAsync()
    {
        await _portal.ConsentAsync(_person);
        await ReceiptAsync(await TextAsync(_portal.Now), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut);
    }

    /// <summary>By an act of the person that lifts the stop here, of which the provider need not hear.</summary>
    private async Task AgreeAgainAsync(ConsentChannel channel = ConsentChannel.WebForm)
    {
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await LiftStopsAsync();
        var given = new GivenConsent(_portal.Offers.Id, _portal.Wording.Id, channel, ConsentLevel.ExpressWritten, new ConsentEvidence(Words: "START", FormUrl: "https://aurora.example/join", IpAddress: "203.0.113.7"), _portal.Now, IsActOfPerson: true, "Agreed again");
        Assert.True((await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, _person, given, default)).IsSuccess);
    }

    private Task<int> LiftStopsAsync() => _portal.Database.WriteAsync(db => db.Suppressions.ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, _portal.Now)), default);

    private Task<Domain.Result<Domain.Done>> StopAsync(SubscriberId id, SuppressionSource source) =>
        _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, id, new Withdrawal(SuppressionScope.All, source, ConsentChannel.Keyword, "Texted STOP", _portal.Now), default);

    /// <summary>People with consent whom a list names.</summary>
    private async Task ManyAsync(int people)
    {
        var numbers = Enumerable.Range(3000, people).Select(n => string.Create(CultureInfo.InvariantCulture, $"+1212555{n}")).ToList();
        foreach (var number in numbers)
            await _portal.ConsentAsync(await _portal.AddPersonAsync(number, first: "Ada", last: "Okafor"));
        await _portal.Database.WriteAsync(
            db => ProviderVerdicts.SayAsync(db, [.. numbers.Select(n => new ProviderSaying(_portal.Get<LookupHash>().Phone(n), _portal.Offers.Sender, ProviderWord.Blocked, ProviderEvidence.List, _portal.Now))], _portal.Now, default),
            default);
    }

    private async Task<Domain.Result<TakenProviderList>> TakeAsync(string content, bool isComplete, DateTimeOffset? asOf = null, string? sender = null)
    {
        var path = Path.Combine(_portal.Folder, "list.csv");
        await File.WriteAllTextAsync(path, content);
        var take = _portal.Get<TakeProviderList>();
        var file = (await take.OpenAsync(_portal.Staff, path, "list.csv", default)).Value;
        return await take.ExecuteAsync(_portal.Staff, new ProviderListRequest(file, 0, sender ?? _portal.Offers.Sender, asOf ?? _portal.Now, isComplete), null, default);
    }

    [Fact]
    public async Task Who_compares_at_once_stands_in_the_trail()
    {
        await CompareAsync();

        Assert.Equal(_portal.Staff.Id, Assert.Single(await _portal.AuditAsync("provider.compared")).GetProperty("actor").GetProperty("id").GetString());
    }

    private async Task CompareAsync() => Assert.True((await _portal.Get<CompareNow>().ExecuteAsync(_portal.Staff, default)).IsSuccess);

    private Task<ProviderDifferencePage> PageAsync(ProviderDifferenceQuery query, long? before = null) => _portal.Get<ProviderDifferenceList>().PageAsync(_portal.Staff, query, before, default);

    private Task<ProviderDifferenceCounts> CountsAsync() => _portal.Get<ProviderDifferenceList>().CountAsync(_portal.Staff, default);

    private Task<Domain.Result<Domain.Done>> ExplainAsync(long id, string words) => _portal.Get<ExplainDifference>().ExecuteAsync(_portal.Staff, id, words, default);

    private async Task<long> TextAsync(DateTimeOffset sentAt, Purpose? purpose = null)
    {
        var id = await _portal.SendAsync(_person, sentAt, MessageState.Accepted, purpose);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.ProviderMessageId, $"p-{id}").SetProperty(x => x.ClientRef, $"ref-{id}")), default);
        return id;
    }

    private Task ReceiptAsync(long text, DeliveryStatus status, string? code = null, ProviderErrorClass? errorClass = null) => _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
        Actor.Provider("vonage"), new DeliveryReceipt($"p-{text}", $"ref-{text}", status, code, errorClass, _portal.Now, Parts: 1, Price: 0.0333m, $"st:p-{text}:{status}"), default);
}
