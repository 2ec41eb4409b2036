using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class ImportSubscribersTests
{
    private const string Proven = "+12125552368,US,Ada,yes,2025-11-03T10:15:00Z,web form";
    private const string German = "+4915112345678,DE,Uwe,yes,2025-11-03,web form";

    [Fact]
    public async Task A_row_with_proof_becomes_a_consent_that_names_wording_file_and_row_and_no_text_is_planned()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Proven);

        var result = await ImportAsync(portal, list);

        await using var db = portal.Database.Open();
        var consent = await db.ConsentEvents.SingleAsync();
        Assert.Equal(
            (ConsentEventKind.Granted, portal.Wording.Id, ConsentChannel.Import, ConsentLevel.ExpressWritten, 2, new DateTimeOffset(2025, 11, 3, 10, 15, 0, TimeSpan.Zero)),
            (consent.Kind, consent.WordingId, consent.Channel, consent.Level, consent.ImportRow, consent.At));
        var record = await db.ConsentRecords.SingleAsync();
        Assert.Equal((ConsentStatus.Granted, consent.Id), (record.Status, record.GrantEventId));
        Assert.Equal(result.BatchId, consent.ImportBatchId);
        Assert.Empty(await db.OutboundMessages.ToListAsync());
        Assert.NotNull((await db.Wordings.SingleAsync()).FirstUsedAt);
        Assert.Single(await portal.AuditAsync("consent.granted"));
        Assert.Single(await portal.AuditAsync("import.finished"));
    }

    [Theory]
    [InlineData("yes", "consent.granted", "purpose")]
    [InlineData("no", "consent.withdrawn", "purposes")]
    [InlineData("", "subscriber.imported", "region")]
    public async Task A_row_is_one_entry_of_the_audit_trail_with_the_person_and_their_answer(string answer, string action, string fact)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of($"+12125552368,US,Ada,{answer},2025-11-03,web form");

        var result = await ImportAsync(portal, list);

        await using var db = portal.Database.Open();
        var person = await db.Subscribers.SingleAsync();
        Assert.Equal(action, (await db.AuditEntries.SingleAsync(e => e.SubscriberId == person.Id)).Action);
        var entry = Assert.Single(await portal.AuditAsync(action));
        var after = entry.GetProperty("after");
        Assert.Equal((result.BatchId.ToString(), 2), (after.GetProperty("import").GetString(), after.GetProperty("row").GetInt32()));
        Assert.StartsWith("sealed:", after.GetProperty("phone").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("sealed:", after.GetProperty("profile").GetString(), StringComparison.Ordinal);
        Assert.True(after.TryGetProperty(fact, out _));
        Assert.Equal("Import, row 2", entry.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("+12125552368,US,Ada,yes,,web form")]
    [InlineData("+12125552368,US,Ada,yes,31/31/2025,web form")]
    [InlineData("+12125552368,US,Ada,yes,2031-01-01,web form")]
    [InlineData("+12125552368,US,Ada,yes,2025-11-03,")]
    [InlineData("+12125552368,US,Ada,pending,2025-11-03,web form")]
    [InlineData("+12125552368,US,Ada,,2025-11-03,web form")]
    public async Task A_row_without_proof_is_stored_without_consent(string row)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(row);

        var result = await ImportAsync(portal, list);

        await using var db = portal.Database.Open();
        Assert.Equal((1, 1), (result.Summary.New, result.Summary.WithoutProof));
        Assert.Empty(await db.ConsentEvents.ToListAsync());
        Assert.Empty(await db.ConsentRecords.ToListAsync());
    }

    [Fact]
    public async Task Without_a_purpose_nobody_is_granted_anything()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Proven);

        await ImportAsync(portal, list, request => request with { PurposeId = null, WordingId = null });

        await using var db = portal.Database.Open();
        Assert.Empty(await db.ConsentEvents.ToListAsync());
    }

    [Fact]
    public async Task Where_the_law_asks_for_it_consent_stays_pending_and_a_prompt_is_planned_only_when_asked_for()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(German);

        var quiet = await ImportAsync(portal, list);
        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Pending, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Empty(await db.OutboundMessages.ToListAsync());
        Assert.Equal(1, quiet.Summary.NeedsDoubleOptIn);

        using var other = ListFile.Of(German.Replace("345678", "345679"));
        await ImportAsync(portal, other, request => request with { AsksForDoubleOptIn = true });
        Assert.Equal(MessageKind.DoubleOptInPrompt, (await db.OutboundMessages.SingleAsync()).Kind);
    }

    [Fact]
    public async Task Who_has_withdrawn_stays_withdrawn_and_nothing_of_the_row_is_taken()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync(first: "Original");
        await portal.ConsentAsync(id);
        await WithdrawAsync(portal, id);
        using var list = ListFile.Of(Proven);

        var outcomes = new List<RowOutcome>();
        var result = await ImportAsync(portal, list, watch: new ImportWatch(outcomes.Add));

        Assert.Equal((1, 0, "withdrawn"), (result.Summary.Refused, result.Summary.Update, outcomes.Single().Reason));
        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Equal("Original", portal.Get<SubscriberVault>().Open(await db.Subscribers.SingleAsync())!.Profile.FirstName);
        Assert.Contains("withdrawn", (await db.ImportIssues.SingleAsync()).Reason);
    }

    [Fact]
    public async Task A_number_whose_owner_was_erased_is_not_stored_again()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await SuppressAsync(portal, "+12125552368", SuppressionSource.Erasure);
        using var list = ListFile.Of(Proven, "+12125552368,US,Ada,,,");

        var outcomes = new List<RowOutcome>();
        await ImportAsync(portal, list, watch: new ImportWatch(outcomes.Add));

        Assert.Equal(("erased", RowClass.Duplicate), (outcomes[0].Reason, outcomes[1].Class));
        await using var db = portal.Database.Open();
        Assert.Empty(await db.Subscribers.ToListAsync());
    }

    [Fact]
    public async Task A_suppressed_number_is_refused_while_it_claims_consent()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await SuppressAsync(portal, "+12125552368", SuppressionSource.Complaint);
        using var list = ListFile.Of(Proven);

        Assert.Equal(1, (await ImportAsync(portal, list)).Summary.Refused);
    }

    [Fact]
    public async Task A_no_in_the_list_withdraws_a_known_person_and_skips_their_planned_texts()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync();
        await portal.ConsentAsync(id);
        var planned = await portal.SendAsync(id, portal.Now, MessageState.Planned);
        using var list = ListFile.Of("+12125552368,US,Ada,unsubscribed,,");

        var result = await ImportAsync(portal, list);

        Assert.Equal(1, result.Summary.Update);
        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Equal((SuppressionScope.All, SuppressionSource.Import), await db.Suppressions.Select(s => ValueTuple.Create(s.Scope, s.Source)).SingleAsync());
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        var entry = Assert.Single(await portal.AuditAsync("consent.withdrawn"));
        Assert.Equal(($"{portal.Offers.Id}: Granted", $"{portal.Offers.Id}: Withdrawn"), (entry.GetProperty("before").GetProperty("status")[0].GetString(), entry.GetProperty("after").GetProperty("status")[0].GetString()));
    }

    [Fact]
    public async Task A_yes_of_somebody_who_was_asked_says_what_their_consent_was_before_and_that_of_somebody_new_has_nothing_before()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var asked = ListFile.Of("+12125552368,US,Ada,yes,,");
        using var proven = ListFile.Of(Proven);

        await ImportAsync(portal, asked, request => request with { AsksForDoubleOptIn = true });
        await ImportAsync(portal, proven);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(await portal.AuditAsync("consent.requested")).GetProperty("before").ValueKind);
        var entry = Assert.Single(await portal.AuditAsync("consent.granted"));
        Assert.Equal(("pending", "granted"), (entry.GetProperty("before").GetProperty("status").GetString(), entry.GetProperty("after").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_new_person_who_said_no_is_stored_as_suppressed()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of("+12125552368,US,Ada,opted out,,");

        Assert.Equal(1, (await ImportAsync(portal, list)).Summary.New);

        await using var db = portal.Database.Open();
        Assert.Equal((await db.Subscribers.SingleAsync()).PhoneHash, (await db.Suppressions.SingleAsync()).PhoneHash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_opposite_answers_the_stricter_wins_wherever_it_stands_and_says_so(bool noComesFirst)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var no = "+1 (212) 555-2368,US,Ada,stop,,";
        using var list = noComesFirst ? ListFile.Of(no, Proven) : ListFile.Of(Proven, no);

        var result = await ImportAsync(portal, list);

        Assert.Equal((1, 1), (result.Summary.New, result.Summary.Duplicate));
        await using var db = portal.Database.Open();
        Assert.DoesNotContain(await db.ConsentEvents.ToListAsync(), e => e.Kind == ConsentEventKind.Granted);
        Assert.Single(await db.Suppressions.ToListAsync());
        var issues = await db.ImportIssues.OrderBy(i => i.Row).ToListAsync();
        Assert.Contains(issues, i => i.Reason.Contains("stricter") || i.Reason.Contains("says no"));
    }

    [Fact]
    public async Task A_bought_list_is_refused()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Proven.Replace("web form", "Purchased list"));

        Assert.Equal(1, (await ImportAsync(portal, list)).Summary.Refused);

        await using var db = portal.Database.Open();
        Assert.Empty(await db.Subscribers.ToListAsync());
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var request = new ImportRequest(
            Path.Combine(AppContext.BaseDirectory, "Imports", "Data", "subscribers-messy.csv"), "messy.csv",
            ColumnMap.Parse("phone=Mobile No.,country=Country,externalId=Customer ID,firstName=First name,language=Language,consent=SMS consent,consentAt=Consent given at,source=Source,attr:Tags=Tags,attr:Spend=Lifetime spend").Value,
            "US", portal.Offers.Id, portal.Wording.Id);

        var first = (await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, request, ImportWatch.None, default)).Value.Summary;
        var before = await CountsAsync(portal);
        var second = (await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, request, ImportWatch.None, default)).Value.Summary;

        Assert.Equal((397, 53, 50, 0), (first.New, first.Duplicate, first.Invalid, first.Refused));
        Assert.Equal((0, 0, 397, 53, 50, 0), (second.New, second.Update, second.Unchanged, second.Duplicate, second.Invalid, second.Refused));
        Assert.Equal(before, await CountsAsync(portal));
    }

    [Fact]
    public async Task What_is_new_in_a_row_updates_and_what_is_empty_leaves()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.AddPersonAsync(first: "Ada", last: "Okafor");
        using var list = ListFile.Of("+12125552368,US,Adaeze,,,");

        Assert.Equal(1, (await ImportAsync(portal, list)).Summary.Update);

        await using var db = portal.Database.Open();
        var profile = portal.Get<SubscriberVault>().Open(await db.Subscribers.SingleAsync())!.Profile;
        Assert.Equal(("Adaeze", "Okafor", "K-1"), (profile.FirstName, profile.LastName, profile.ExternalId));
        Assert.Single(await portal.AuditAsync("subscriber.changed"));
    }

    [Fact]
    public async Task A_proposal_says_what_the_run_then_does_and_writes_nothing()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.AddPersonAsync();
        using var list = ListFile.Of(Proven, German, "+12125552399,US,=cmd|' /C calc'!A0,no,,", "12,US,Bo,yes,,");
        var request = list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };

        var proposal = (await portal.Get<ImportSubscribers>().ProposeAsync(portal.Staff, request, ImportWatch.None, default)).Value;
        var untouched = await CountsAsync(portal);
        var run = await ImportAsync(portal, list);

        Assert.Equal(run.Summary, proposal);
        Assert.Equal((1, 0, 0, 0), (untouched.Subscribers, untouched.Events, untouched.Stops, untouched.Texts));
        await using var db = portal.Database.Open();
        Assert.Contains(await db.ImportIssues.ToListAsync(), i => i.Class == "new" && i.Reason.Contains("formula"));
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_was_committed_and_the_same_file_completes_it()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of([.. Enumerable.Range(0, 1500).Select(i => $"+447710{i:D6},GB,Ann,yes,2025-11-03,web form")]);
        portal.Get<IOptions<ImportOptions>>().Value.RowsAtOnce = 1_000;
        using var stop = new CancellationTokenSource();
        var request = list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };
        var import = portal.Get<ImportSubscribers>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import.ExecuteAsync(portal.Staff, request, new ImportWatch(Progress: _ => stop.Cancel()), stop.Token));
        var rest = (await import.ExecuteAsync(portal.Staff, request, ImportWatch.None, default)).Value.Summary;

        Assert.Equal((1000, 500), (rest.Unchanged, rest.New));
        Assert.Single(await portal.AuditAsync("import.stopped"));
    }

    [Fact]
    public async Task Somebody_without_the_permission_imports_nothing()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Proven);

        await Assert.ThrowsAsync<NotPermitted>(() => portal.Get<ImportSubscribers>().ExecuteAsync(Actor.Nobody, list.Request(), ImportWatch.None, default));
        await Assert.ThrowsAsync<NotPermitted>(() => portal.Get<ImportSubscribers>().ProposeAsync(Actor.Nobody, list.Request(), ImportWatch.None, default));
        await Assert.ThrowsAsync<NotPermitted>(() => portal.Get<ImportList>().PageAsync(Actor.Nobody, 0, 10, default));
    }

    [Fact]
    public async Task An_import_is_listed_and_its_issues_can_be_read_as_a_file()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Proven, "12,US,Bo,yes,,", Proven);
        var result = await ImportAsync(portal, list);

        var line = Assert.Single((await portal.Get<ImportList>().PageAsync(portal.Staff, 0, 10, default)).Imports);
        Assert.Equal((result.BatchId, "Offers", "Carla Mendes", result.Summary), (line.Id, line.Purpose, line.StartedBy, line.Summary));
        var issues = await portal.Get<ImportDetail>().IssuesAsync(portal.Staff, result.BatchId, "duplicate", 0, 10, default);
        Assert.Equal((1, 4, 2), (issues.Total, issues.Issues[0].Row, issues.Issues[0].FirstRow));
        using var file = new MemoryStream();
        await portal.Get<ImportDetail>().WriteIssuesAsync(portal.Staff, result.BatchId, file, default);
        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("3,invalid,", lines[1]);
    }

    [Theory]
    [InlineData("+12125552368,US,Ada,no,,Purchased list", null)]
    [InlineData("+12125552368,US,Ada,yes,2025-11-03T10:15:00Z,Purchased list", "+12125552368,US,Ada,no,,web form")]
    public async Task A_no_beside_a_bought_source_stops_the_number_and_stores_nobody(string first, string? second)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = second is null ? ListFile.Of(first) : ListFile.Of(first, second);

        var summary = (await ImportAsync(portal, list)).Summary;
        await ImportAsync(portal, list);

        Assert.Equal((1, 0), (summary.Refused, summary.New));
        await using var db = portal.Database.Open();
        Assert.False(await db.Subscribers.AnyAsync());
        var stop = await db.Suppressions.SingleAsync();
        Assert.Equal((SuppressionScope.All, SuppressionSource.Import, true), (stop.Scope, stop.Source, stop.IsActOfPerson));
        Assert.Single(await portal.AuditAsync("number.stopped"));
    }

    private static async Task<ImportResult> ImportAsync(PeoplePortal portal, ListFile list, Func<ImportRequest, ImportRequest>? with = null, ImportWatch? watch = null)
    {
        var request = list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };
        return (await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, with?.Invoke(request) ?? request, watch ?? ImportWatch.None, default)).Value;
    }

    private static async Task WithdrawAsync(PeoplePortal portal, SubscriberId id) => await portal.Get<WithdrawConsent>().ExecuteAsync(
        portal.Staff, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Keyword, ConsentChannel.Keyword, "Texted STOP", portal.Now), default);

    private static async Task SuppressAsync(PeoplePortal portal, string e164, SuppressionSource source) => await portal.Database.WriteAsync(
        db => Task.FromResult(db.Suppressions.Add(new Suppression
        {
            PhoneHash = portal.Get<Application.Database.Encryption.LookupHash>().Phone(e164), Scope = SuppressionScope.All, Source = source, Reason = "Test", At = portal.Now,
        })),
        default);

    private static async Task<Counts> CountsAsync(PeoplePortal portal)
    {
        await using var db = portal.Database.Open();
        return new Counts(
            await db.Subscribers.CountAsync(), await db.ConsentEvents.CountAsync(), await db.ConsentRecords.CountAsync(), await db.Suppressions.CountAsync(),
            await db.OutboundMessages.CountAsync(), await db.SubscriberAttributes.CountAsync(), await db.SearchWords.CountAsync(),
            await db.AuditEntries.CountAsync(a => a.ObjectKind == "subscriber"));
    }

    private sealed record Counts(int Subscribers, int Events, int Records, int Stops, int Texts, int Attributes, int Names, int Audited);
}
