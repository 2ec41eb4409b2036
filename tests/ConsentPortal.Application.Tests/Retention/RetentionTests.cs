using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Retention;

public sealed class RetentionTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_words_of_texts_go_after_their_months_and_the_rows_stay()
    {
        var person = await ConsentingAsync();
        await _portal.SendAsync(person, _portal.Now, body: "Old words");
        await _portal.ReceiveAsync(person, "Thanks", _portal.Now, ReviewState.NotNeeded);
        await _portal.ReceiveAsync(person, "Nobody has read me", _portal.Now);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(24).AddDays(1));
        await _portal.SendAsync(person, _portal.Now, body: "New words");

        var run = await RunAsync();

        Assert.Equal((1, 1), (run.Counts[RecordClass.SentWords], run.Counts[RecordClass.ReceivedWords]));
        await using var db = _portal.Database.Open();
        Assert.Equal(3, await db.OutboundMessages.CountAsync());
        // The welcome is still to be sent, however old it is: words under way are not taken away.
        Assert.Equal([MessageState.Planned, MessageState.Delivered], await db.OutboundMessages.Where(m => m.BodySealed != null).OrderBy(m => m.Id).Select(m => m.State).ToListAsync());
        Assert.Equal(ReviewState.Waiting, (await db.InboundMessages.SingleAsync(m => m.BodySealed != null)).Review);
    }

    [Fact]
    public async Task More_than_one_batch_goes_in_one_run_and_each_has_its_entry()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(
            db =>
            {
                db.OutboundMessages.AddRange(Enumerable.Range(0, 501).Select(i => new OutboundMessage
                {
                    SubscriberId = person, Kind = MessageKind.HelpReply, MessageClass = MessageClass.Transactional, PurposeId = _portal.Offers.Id, ClientRef = $"r{i}",
                    PlannedAt = _portal.Now, DueAt = _portal.Now, SentAt = _portal.Now, State = MessageState.Delivered, BodySealed = [1],
                }));
                return Task.CompletedTask;
            },
            default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(25));

        Assert.Equal(501, (await RunAsync()).Counts[RecordClass.SentWords]);

        Assert.Equal([500, 1], (await _portal.AuditAsync("retention.removed")).Select(e => e.GetProperty("after").GetProperty("rows").GetInt32()));
        Assert.Equal(501, (await _portal.AuditAsync("retention.finished")).Single().GetProperty("after").GetProperty("SentWords").GetInt32());
    }

    [Fact]
    public async Task The_daily_job_runs_once_a_day()
    {
        Assert.NotNull(await _portal.Get<RunRetention>().RunDailyAsync(default));
        _portal.Clock.Advance(TimeSpan.FromHours(22));
        Assert.Null(await _portal.Get<RunRetention>().RunDailyAsync(default));
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await _portal.Get<RunRetention>().RunDailyAsync(default));
    }

    [Theory]
    [InlineData("+12125552368", "US", null, null, 60)]
    [InlineData("+12125552368", "US", null, 24, 60)]
    [InlineData("+12125552368", "US", null, 72, 72)]
    [InlineData("+447700900123", "GB", null, 36, 72)]
    [InlineData("+14165550123", "CA", null, 36, 36)]
    [InlineData("+4915112345678", "DE", null, 36, 60)]
    [InlineData("+14165550123", "CA", "US", 36, 60)]
    [InlineData("+14165550123", "CA", "DE", 36, 60)]
    [InlineData("+14165550123", "CA", "FR", 36, 36)]
    [InlineData("+12125552368", "US", "GB", 36, 72)]
    public async Task Somebody_who_left_goes_when_purpose_and_countries_need_the_proof_no_longer(string number, string region, string? declared, int? purposeMonths, int expected)
    {
        var person = await LeftAsync(number, region);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.DeclaredRegion, declared)), default);
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.RetentionMonths, purposeMonths)), default);

        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(expected).AddDays(-1));
        Assert.Equal(0, (await RunAsync()).Counts[RecordClass.People]);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(expected).AddDays(1));
        Assert.Equal(1, (await RunAsync()).Counts[RecordClass.People]);

        await using var db = _portal.Database.Open();
        var gone = await db.Subscribers.SingleAsync(s => s.Id == person);
        Assert.Equal((null, null, _portal.Now), (gone.WrappedKey, gone.PhoneHash, gone.ErasedAt));
        Assert.False(await db.SearchWords.AnyAsync());
        Assert.Contains((await _portal.AuditAsync("subscriber.emptied")).Single().GetProperty("after").GetProperty("stores").EnumerateArray(), s => s.GetString()!.StartsWith("Subscribers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stop_of_somebody_who_left_outlives_them_and_no_new_one_is_added()
    {
        await LeftAsync();
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));

        await RunAsync();

        await using var db = _portal.Database.Open();
        Assert.Equal(SuppressionSource.Staff, (await db.Suppressions.SingleAsync()).Source);
        Assert.NotEmpty(await db.ConsentEvents.ToListAsync());
    }

    [Fact]
    public async Task Whoever_consents_was_texted_lately_or_has_an_open_request_stays()
    {
        await ConsentingAsync("+12125552301");
        var texted = await LeftAsync("+12125552302");
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == texted).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastTextAt, PeoplePortal.Noon.AddMonths(3))), default);
        var asking = await LeftAsync("+12125552303");
        await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(asking, PrivacyRequestKind.Access, null, "Phone", _portal.Now, null), default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));

        Assert.Equal(0, (await RunAsync()).Counts[RecordClass.People]);
    }

    [Fact]
    public async Task What_is_held_stays_until_the_hold_ends()
    {
        var person = await LeftAsync();
        await _portal.SendAsync(person, _portal.Now, body: "Evidence");
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));
        var until = DateOnly.FromDateTime(_portal.Now.UtcDateTime).AddDays(30);
        Assert.True((await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(person, null, "Claim announced", until), default)).IsSuccess);

        Assert.Equal(0, (await RunAsync()).Total);
        Assert.All(await _portal.Get<PreviewRetention>().ExecuteAsync(_portal.Staff, default), p => Assert.Equal(0, p.Count));
        _portal.Clock.Advance(TimeSpan.FromDays(32));
        Assert.Equal(1, (await RunAsync()).Counts[RecordClass.People]);
    }

    [Fact]
    [Trait("Rule", "EU-13")]
    public async Task What_is_restricted_stays_until_the_restriction_is_lifted()
    {
        var person = await LeftAsync();
        await _portal.SendAsync(person, _portal.Now, body: "Stored");
        await _portal.ReceiveAsync(person, "Thanks", _portal.Now, ReviewState.NotNeeded);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));

        Assert.Equal(0, (await RunAsync()).Total);
        var end = new RestrictionEnd(DateOnly.FromDateTime(_portal.Now.UtcDateTime), "By letter", "The data were corrected");
        Assert.Null((await _portal.Get<LiftRestriction>().ExecuteAsync(_portal.Staff, person, end, default)).Failure);

        var counts = (await RunAsync()).Counts;
        Assert.True(counts[RecordClass.SentWords] > 0 && counts[RecordClass.ReceivedWords] > 0);
        // The lifting itself is no act with them: their time had run out before.
        Assert.Equal(1, counts[RecordClass.People]);
    }

    [Fact]
    public async Task A_hold_on_a_purpose_keeps_everybody_who_had_to_do_with_it_and_nobody_else()
    {
        await LeftAsync();
        await _portal.AddPersonAsync("+12125552399");
        await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(null, _portal.Offers.Id, "Class action about Offers", null), default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));

        Assert.Equal(1, (await RunAsync()).Counts[RecordClass.People]);

        await using var db = _portal.Database.Open();
        Assert.NotNull((await db.Subscribers.SingleAsync(s => db.ConsentRecords.Any(r => r.SubscriberId == s.Id))).WrappedKey);
    }

    [Fact]
    public async Task Answered_requests_go_with_their_comments_except_the_newest_so_that_no_number_is_given_twice()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var person = await ConsentingAsync();
        foreach (var _ in new[] { 1, 2 })
        {
            var id = await desk.VerifiedAsync(person, PrivacyRequestKind.Rectification, "By letter");
            Assert.True((await _portal.Get<CompleteRequest>().ExecuteAsync(_portal.Staff, id, "Corrected the name", default)).IsSuccess);
            await desk.ReplyAsync(id);
        }

        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(73));

        Assert.Equal(1, (await RunAsync()).Counts[RecordClass.PrivacyRequests]);
        await using var db = _portal.Database.Open();
        Assert.Equal(2, (await db.PrivacyRequests.SingleAsync()).Number);
        Assert.DoesNotContain(await db.PrivacyRequestEntries.ToListAsync(), e => !db.PrivacyRequests.Any(r => r.Id == e.RequestId));
    }

    [Fact]
    public async Task Rows_of_imports_and_receipts_go_and_the_import_itself_stays()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                var batch = new ImportBatch
                {
                    Id = ImportBatchId.New(_portal.Now), FileName = "list.csv", FileHash = new string('a', 64), ColumnMap = "{}", State = ImportState.Finished, StartedBy = "Carla", StartedAt = _portal.Now, FinishedAt = _portal.Now,
                };
                db.ImportBatches.Add(batch);
                db.ImportIssues.Add(new ImportIssue { BatchId = batch.Id, Row = 2, Class = "invalid", Reason = "No number" });
                db.ReceivedReceipts.Add(new ReceivedReceipt { DedupeKey = "k", ProviderMessageId = "m", Status = "delivered", At = _portal.Now, ReceivedAt = _portal.Now });
                return Task.CompletedTask;
            },
            default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(25));

        var preview = (await _portal.Get<PreviewRetention>().ExecuteAsync(_portal.Staff, default)).ToDictionary(p => p.Class);
        var run = await RunAsync();

        Assert.Equal("list.csv", preview[RecordClass.ImportRows].Samples.Single().Text);
        Assert.Equal((1, 1), (run.Counts[RecordClass.ImportRows], run.Counts[RecordClass.Receipts]));
        await using var db = _portal.Database.Open();
        Assert.Equal((1, 0), (await db.ImportBatches.CountAsync(), await db.ImportIssues.CountAsync()));
    }

    [Fact]
    public async Task The_preview_counts_what_a_run_removes_and_masks_every_number()
    {
        await LeftAsync();
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(61));

        var preview = await _portal.Get<PreviewRetention>().ExecuteAsync(_portal.Staff, default);
        var run = await RunAsync();

        Assert.Equal(preview.ToDictionary(p => p.Class, p => p.Count).Where(p => p.Value > 0), run.Counts.Where(c => c.Value > 0));
        var sample = preview.Single(p => p.Class == RecordClass.People).Samples.Single().Text;
        Assert.EndsWith("68", sample, StringComparison.Ordinal);
        Assert.DoesNotContain("555", sample, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_keeps_proof_for_less_or_words_for_more_than_the_law_allows()
    {
        var change = _portal.Get<ChangeRetention>();

        Assert.IsType<RetentionRefused>((await change.ExecuteAsync(_portal.Staff, RecordClass.EvidenceDocuments, 59, "Shorter is nicer", default)).Failure);
        Assert.IsType<RetentionRefused>((await change.ExecuteAsync(_portal.Staff, RecordClass.SentWords, 25, "Longer is nicer", default)).Failure);
        Assert.IsType<RetentionRefused>((await change.ExecuteAsync(_portal.Staff, RecordClass.ApiAnswers, 1, "Longer is nicer", default)).Failure);
        Assert.IsType<ReasonNeeded>((await change.ExecuteAsync(_portal.Staff, RecordClass.SentWords, 12, " ", default)).Failure);
        Assert.True((await change.ExecuteAsync(_portal.Staff, RecordClass.SentWords, 12, "Privacy by default", default)).IsSuccess);

        Assert.Equal(12, (await _portal.Get<RetentionOverview>().GetAsync(_portal.Staff, default)).Schedule.MonthsOf(RecordClass.SentWords));
        var entry = (await _portal.AuditAsync("retention.changed")).Single();
        Assert.Equal((24, 12), (entry.GetProperty("before").GetProperty("months").GetInt32(), entry.GetProperty("after").GetProperty("months").GetInt32()));
    }

    [Fact]
    public async Task A_hold_names_one_person_or_one_purpose_and_its_reason_nobody()
    {
        var person = await _portal.AddPersonAsync();
        var place = _portal.Get<PlaceLegalHold>();

        Assert.IsType<HoldNeedsOneTarget>((await place.ExecuteAsync(_portal.Staff, new NewLegalHold(null, null, "Claim announced", null), default)).Failure);
        Assert.IsType<HoldNeedsOneTarget>((await place.ExecuteAsync(_portal.Staff, new NewLegalHold(person, _portal.Offers.Id, "Claim announced", null), default)).Failure);
        Assert.IsType<ReasonNamesPerson>((await place.ExecuteAsync(_portal.Staff, new NewLegalHold(person, null, "Claim of Ada Okafor", null), default)).Failure);
        Assert.IsType<HoldIsOver>((await place.ExecuteAsync(_portal.Staff, new NewLegalHold(person, null, "Claim announced", new DateOnly(2026, 11, 23)), default)).Failure);
    }

    private async Task<RetentionRun> RunAsync() => (await _portal.Get<RunRetention>().ExecuteAsync(_portal.Staff, default)).Value;

    private async Task<SubscriberId> ConsentingAsync(string number = "+12125552368")
    {
        var person = await _portal.AddPersonAsync(number);
        await _portal.ConsentAsync(person);
        return person;
    }

    /// <summary>Somebody who agreed and took it back on the same day.</summary>
    private async Task<SubscriberId> LeftAsync(string number = "+12125552368", string region = "US")
    {
        var person = await _portal.AddPersonAsync(number, region);
        await _portal.ConsentAsync(person);
        var left = await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);
        Assert.True(left.IsSuccess);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.State == MessageState.Planned || m.State == MessageState.Deferred).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped)), default);
        return person;
    }
}
