using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

public sealed class SuppressionTests : IAsyncLifetime
{
    private const string Theirs = "+12125552368";
    private const string Reason = "Asked at the counter";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_number_that_nobody_has_is_listed_by_its_hash_alone()
    {
        var listed = await AddAsync();

        var row = Assert.Single((await PageAsync()).Rows);
        Assert.Equal(new ListedNumber(IsNew: true, People: 0), listed.Value);
        Assert.Equal((SuppressionScope.All, SuppressionSource.Staff, Reason, "Carla Mendes", true), (row.Scope, row.Source, row.Reason, row.Who, row.MayBeLifted));
        Assert.StartsWith(row.Label, row.Number, StringComparison.Ordinal);
        Assert.DoesNotContain("2125552368", (await _portal.AuditAsync("suppression.added")).Single().GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_number_loses_the_consent_and_the_planned_texts()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        var planned = await _portal.SendAsync(id, _portal.Now, MessageState.Planned);

        var listed = await AddAsync();

        await using var db = _portal.Database.Open();
        var ended = await db.ConsentEvents.SingleAsync(e => e.Kind == ConsentEventKind.Withdrawn);
        Assert.Equal((1, ConsentChannel.Staff, false), (listed.Value.People, ended.Channel, ended.IsActOfPerson));
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.Equal(1, await db.Suppressions.CountAsync());
    }

    [Fact]
    public async Task A_stop_of_one_sender_leaves_the_purposes_of_other_senders()
    {
        var id = await _portal.AddPersonAsync();
        var other = await _portal.AddPurposeAsync("News");
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == other.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550122")), default);
        await _portal.ConsentAsync(id);
        await _portal.ConsentAsync(id, other, await _portal.AddWordingAsync(other));

        await AddAsync(new SuppressionReach(SuppressionScope.Sender, Sender: "+12025550111"));

        await using var db = _portal.Database.Open();
        var standing = await db.ConsentRecords.ToDictionaryAsync(r => r.PurposeId, r => r.Status);
        Assert.Equal((ConsentStatus.Withdrawn, ConsentStatus.Granted), (standing[_portal.Offers.Id], standing[other.Id]));
    }

    [Fact]
    public async Task What_is_listed_is_not_listed_twice_with_the_same_reach()
    {
        await AddAsync();

        Assert.False((await AddAsync()).Value.IsNew);
        Assert.True((await AddAsync(new SuppressionReach(SuppressionScope.Marketing))).Value.IsNew);
    }

    [Fact]
    public async Task A_scope_without_what_it_needs_and_a_reason_that_names_the_number_are_refused()
    {
        Assert.IsType<FieldRefused>((await AddAsync(new SuppressionReach(SuppressionScope.Purpose))).Failure);
        Assert.IsType<FieldRefused>((await AddAsync(new SuppressionReach(SuppressionScope.Sender, Sender: "+15550000000"))).Failure);
        Assert.IsType<ReasonNamesPerson>((await AddAsync(reason: "It was (212) 555-2368 who called")).Failure);
        Assert.IsType<ReasonNeeded>((await AddAsync(reason: "no")).Failure);
        Assert.Empty((await PageAsync()).Rows);
    }

    [Fact]
    public async Task An_entry_survives_the_erasure_of_the_person()
    {
        var id = await _portal.AddPersonAsync();
        await AddAsync(new SuppressionReach(SuppressionScope.Marketing));
        var desk = await RequestDesk.OpenAsync(_portal);

        Assert.True((await desk.EraseAsync(await desk.ApprovedErasureAsync(id))).IsSuccess);

        var number = _portal.Get<SuppressionList>().NumberOf(_portal.Staff, new PhoneNumber(Theirs, "US"));
        var rows = (await PageAsync(new SuppressionQuery(number, IsInForce: true))).Rows;
        Assert.Equal([SuppressionSource.Erasure, SuppressionSource.Staff], rows.Select(r => r.Source));
    }

    [Fact]
    public async Task An_import_of_a_listed_number_is_refused()
    {
        await AddAsync();
        using var list = ListFile.Of($"{Theirs},US,Ada,yes,2025-11-03T10:15:00Z,web form");

        var summary = (await _portal.Get<ImportSubscribers>().ExecuteAsync(
            _portal.Staff, list.Request() with { PurposeId = _portal.Offers.Id, WordingId = _portal.Wording.Id }, new ImportWatch(null, null), default)).Value.Summary;

        Assert.Equal((0, 1), (summary.New, summary.Refused));
    }

    [Fact]
    public async Task Staff_take_back_their_own_entry_and_no_consent_returns_with_it()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await AddAsync();
        var entry = (await PageAsync()).Rows.Single().Id;

        Assert.True((await LiftAsync(entry)).IsSuccess);

        Assert.IsType<SuppressionLiftedAlready>((await LiftAsync(entry)).Failure);
        var page = await PageAsync();
        Assert.Equal((0, _portal.Now, false), (page.InForce, page.Rows.Single().LiftedAt, page.Rows.Single().MayBeLifted));
        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Single(await _portal.AuditAsync("suppression.lifted"));
    }

    [Fact]
    public async Task What_the_person_told_staff_is_no_entry_of_the_staff_and_stays()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Told us by phone", _portal.Now), default);
        var row = (await PageAsync()).Rows.Single();

        Assert.False(row.MayBeLifted);
        Assert.IsType<SuppressionStays>((await LiftAsync(row.Id)).Failure);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_paged_by_key()
    {
        for (var i = 0; i < SuppressionList.PageSize + 2; i++)
            await AddAsync(phone: $"+1212555{2000 + i}");
        await AddAsync(new SuppressionReach(SuppressionScope.Marketing));

        var first = await PageAsync(new SuppressionQuery(Scope: SuppressionScope.All));
        var second = await PageAsync(new SuppressionQuery(Scope: SuppressionScope.All), first.Next);

        Assert.Equal((SuppressionList.PageSize, 2, 52, 53), (first.Rows.Count, second.Rows.Count, first.Total, first.InForce));
        Assert.Null(second.Next);
        Assert.Empty(first.Rows.Select(r => r.Id).Intersect(second.Rows.Select(r => r.Id)));
        Assert.Empty((await PageAsync(new SuppressionQuery(Number: "no hash"))).Rows);
    }

    [Theory]
    [InlineData("utf-8", "+12125552368\n+12125552369\n\nnobody\n+12125552368\n")]
    [InlineData("utf-16", "Phone\r\n+12125552368\r\n(212) 555-2369\r\nnobody\r\n2125552368\r\n")]
    [InlineData("windows-1252", "Prénom;Mobile\n\"Zoé\";+12125552368\nAda;212-555-2369\nMax;nobody\nAda;+1 212 555 2368\n")]
    public async Task A_file_is_counted_line_by_line_in_every_encoding(string encoding, string text)
    {
        using var file = new ListFile(text, CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding));

        var listed = await FileAsync(file);

        Assert.Equal((2, 1, 1), (listed.Added, listed.AlreadyThere, listed.NotNumbers));
        Assert.Equal(4, Assert.Single(listed.Refused).Line);
        Assert.All((await PageAsync()).Rows, row => Assert.Equal((SuppressionSource.Import, false), (row.Source, row.MayBeLifted)));
        Assert.Equal((0, 3), ((await FileAsync(file)).Added, (await FileAsync(file)).AlreadyThere));
    }

    [Fact]
    public async Task A_file_ends_the_consent_of_those_it_names()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        using var file = new ListFile($"{Theirs}\n", new UTF8Encoding(false));

        Assert.Equal(1, (await FileAsync(file)).People);

        await using var db = _portal.Database.Open();
        var ended = await db.ConsentEvents.SingleAsync(e => e.Kind == ConsentEventKind.Withdrawn);
        Assert.Equal((ConsentChannel.Import, false), (ended.Channel, ended.IsActOfPerson));
    }

    [Fact]
    public async Task A_file_ends_the_consent_of_whoever_had_the_number_in_a_record_that_was_merged_into_theirs()
    {
        var kept = await _portal.AddPersonAsync("+12125552369");
        var closed = await _portal.AddPersonAsync(Theirs);
        await _portal.ConsentAsync(kept);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == closed).ExecuteUpdateAsync(s => s.SetProperty(x => x.MergedIntoId, kept)), default);
        using var file = new ListFile($"{Theirs}\n", new UTF8Encoding(false));

        Assert.Equal(1, (await FileAsync(file)).People);

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task A_file_waits_for_the_text_that_is_on_its_way()
    {
        var id = await _portal.AddPersonAsync();
        using var file = new ListFile($"{Theirs}\n", new UTF8Encoding(false));
        var gate = _portal.Get<SendingGate>();
        gate.Enter(id);
        Assert.True(gate.TryPass(id));

        var listing = FileAsync(file);
        Assert.NotSame(listing, await Task.WhenAny(listing, Task.Delay(200)));
        gate.Leave(id);

        Assert.Equal(1, (await listing).People);
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_refused_before_anything_is_listed()
    {
        var lines = string.Concat(Enumerable.Range(0, NumberFile.MostLines + 1).Select(i => $"+1212{5550000 + i % 1000:0000000}\n"));
        using var file = new ListFile(lines, new UTF8Encoding(false));

        Assert.IsType<NumberFileTooLong>((await _portal.Get<AddSuppressionFile>().OpenAsync(_portal.Staff, file.Path, "stops.csv", default)).Failure);
    }

    [Fact]
    public async Task People_who_write_go_before_a_file_that_waits_to_be_listed()
    {
        using var file = new ListFile("+12125552399\n", new UTF8Encoding(false));
        var gate = new TaskCompletionSource();
        var busy = _portal.Database.WriteAsync(_ => gate.Task, default);
        var listing = FileAsync(file);
        while (_portal.Database.IsFreeToWriteOn)
            await Task.Yield();
        var person = AddAsync();
        gate.SetResult();
        await Task.WhenAll(busy, listing, person);

        await using var db = _portal.Database.Open();
        Assert.Equal(["suppression.added", "suppression.listAdded"], await db.AuditEntries.OrderBy(e => e.Id).Where(e => e.Action.StartsWith("suppression.")).Select(e => e.Action).ToListAsync());
    }

    [Fact]
    public async Task What_is_the_same_for_all_people_of_a_file_is_asked_once_for_its_lines()
    {
        string[] numbers = ["+12125552391", "+12125552392", "+12125552393"];
        foreach (var number in numbers)
            await _portal.ConsentAsync(await _portal.AddPersonAsync(number));
        using var file = new ListFile(string.Join('\n', numbers) + "\n", new UTF8Encoding(false));
        using var plans = new QueryPlans(_portal);

        Assert.Equal(3, (await FileAsync(file)).People);

        Assert.Single(plans.Statements, sql => sql.Contains("\"PortalSettings\"", StringComparison.Ordinal));
        Assert.Equal(3, (await _portal.AuditAsync("consent.withdrawn")).Count);
    }

    [Fact]
    public async Task The_export_holds_hashes_and_dates_and_no_number()
    {
        await AddAsync();
        using var file = new MemoryStream();

        await _portal.Get<ExportSuppressions>().ExecuteAsync(_portal.Staff, new SuppressionQuery(), file, default);

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hash = Convert.ToHexStringLower(_portal.Get<LookupHash>().Phone(Theirs));
        Assert.Equal(2, lines.Length);
        Assert.Equal($"{hash},All,,,Staff,2026-11-24T17:00:00Z,", lines[1]);
        Assert.Single(await _portal.AuditAsync("suppression.exported"));
    }

    private Task<Result<ListedNumber>> AddAsync(SuppressionReach? reach = null, string reason = Reason, string phone = Theirs) =>
        _portal.Get<AddSuppression>().ExecuteAsync(_portal.Staff, new PhoneNumber(phone, "US"), reach ?? SuppressionReach.Everything, reason, default);

    private Task<Result<Done>> LiftAsync(long id) => _portal.Get<LiftSuppression>().ExecuteAsync(_portal.Staff, id, "Typed the wrong number", default);

    private Task<SuppressionPage> PageAsync(SuppressionQuery? query = null, long? before = null) =>
        _portal.Get<SuppressionList>().PageAsync(_portal.Staff, query ?? new SuppressionQuery(), before, default);

    private async Task<ListedFile> FileAsync(ListFile list)
    {
        var add = _portal.Get<AddSuppressionFile>();
        var file = (await add.OpenAsync(_portal.Staff, list.Path, "stops.csv", default)).Value;
        return (await add.ExecuteAsync(_portal.Staff, new SuppressionFileRequest(file, file.SuggestedColumn, "US", SuppressionReach.Everything, "From the old system"), null, default)).Value;
    }
}
