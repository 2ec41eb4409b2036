using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Consent;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class ErasureTests
{
    private static readonly string[] Spellings = ["+12125552368", "12125552368", "2125552368", "+1 212-555-2368", "(212) 555-2368", "212 555 2368", "Ada Okafor", "Okafor, Ada", "K-100200"];

    [Fact]
    public async Task After_an_erasure_no_byte_of_any_file_holds_the_number_or_the_name()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, id) = await WellKnownPersonAsync(desk);
        Assert.True(await HitsAsync(portal) > 0, "The search has to find the plain notes first.");

        var report = await desk.EraseAsync(id);

        Assert.Null(report.Failure);
        Assert.Empty(report.Value.Findings);
        Assert.Equal(0, report.Value.Values);
        await desk.AskProviderAsync();
        Assert.Equal(PrivacyRequestStatus.Replying, (await desk.FindAsync(id)).Status);
        Assert.Equal(0, await HitsAsync(portal));
        await using var db = portal.Database.Open();
        Assert.Null((await db.Subscribers.SingleAsync(s => s.Id == person)).WrappedKey);
        Assert.Empty(await db.EvidenceDocuments.ToListAsync());
    }

    [Theory]
    [InlineData("to Ada Okafor.", true)]
    [InlineData("okafor, ada", true)]
    [InlineData("mailto:ADA OKAFOR", true)]
    [InlineData("customer=KX7Q2", true)]
    [InlineData("customerkx7q2", true)]
    [InlineData("aDa oKaFoR", false)]
    [InlineData("sealed:AbCdEfGhIjKlMnOpQrStUvKX7Q2WxYz0123456789+/AbCdEfGh==", false)]
    [InlineData("sealed:AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEfGh== of KX7Q2", true)]
    [InlineData("AbCdEfGhIjKlMnOpQrStUvWxYz+12125552368AbCdEfGhIjKlMnOpQrSt", true)]
    public void A_customer_number_by_chance_in_a_code_is_nobody_and_a_telephone_number_always_somebody(string text, bool isFound)
    {
        var search = new TraceSearch(PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", "KX7Q2")));

        Assert.Equal(isFound, search.IsIn(text));
        Assert.Equal(isFound, search.IsIn(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Few_digits_of_a_customer_number_stand_in_every_large_log_and_are_not_searched_for() =>
        Assert.False(new TraceSearch(PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", "84213"))).IsIn("{\"row\":84213}"));

    [Fact]
    public async Task A_trace_in_a_row_longer_than_a_page_is_found_though_the_file_holds_it_in_two_pieces()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var traces = PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", null));
        // Of a row longer than a page the first part stays with the others of the table; how much, its whole length says.
        var isInOnePiece = true;
        for (var before = 0; before < 1_500 && isInOnePiece; before += 5)
        {
            await using var db = portal.Database.Open();
            await db.Database.ExecuteSqlAsync($"UPDATE Wordings SET HelpReply = {$"{new string(' ', before)}Ada Okafor{new string(' ', 5_000 - before)}"}");
            await portal.Get<DatabaseRemains>().OverwriteAsync(default);
            isInOnePiece = await RawFiles.HoldAsync(portal.Folder, "Ada Okafor");
        }

        Assert.False(isInOnePiece, "No place was found at which the file holds the name in two pieces.");
        Assert.Equal(["Wordings.HelpReply", "File portal.db"], (await portal.Get<RescanForSubscriber>().FindAsync(traces, [], default)).Findings.Select(f => f.Where));
    }

    [Fact]
    public async Task The_audit_log_still_verifies_after_an_erasure()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (_, id) = await WellKnownPersonAsync(desk);
        await portal.SealAsync();

        await desk.EraseAsync(id);
        await portal.SealAsync();
        var verified = await portal.Get<AuditLog>().VerifyAsync(desk.First, default);

        Assert.True(verified.Valid, string.Join(' ', verified.Problems.Select(p => p.Text)));
    }

    [Fact]
    public async Task An_erased_person_gets_no_more_texts_and_no_list_brings_them_back()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, id) = await WellKnownPersonAsync(desk);
        await portal.SendAsync(person, portal.Now.AddDays(1), MessageState.Planned);

        await desk.EraseAsync(id);

        await using var db = portal.Database.Open();
        Assert.DoesNotContain(await db.OutboundMessages.Where(m => m.SubscriberId == person).Select(m => m.State).ToListAsync(), s => s is MessageState.Planned or MessageState.Deferred);
        Assert.All(await db.ConsentRecords.Where(r => r.SubscriberId == person).ToListAsync(), r => Assert.Equal(ConsentStatus.Withdrawn, r.Status));
        var hash = portal.Get<Application.Database.Encryption.LookupHash>().Phone("+12125552368");
        var stop = await db.Suppressions.SingleAsync(s => s.PhoneHash == hash);
        Assert.Equal((SuppressionScope.All, SuppressionSource.Erasure), (stop.Scope, stop.Source));
    }

    [Fact]
    public async Task The_provider_is_asked_to_erase_its_copies()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (_, id) = await WellKnownPersonAsync(desk);

        await desk.EraseAsync(id);
        Assert.Empty(((ForgetfulProvider)portal.Get<ISmsGateway>()).Redacted);
        await desk.AskProviderAsync();

        Assert.Contains("Outbound provider-1", ((ForgetfulProvider)portal.Get<ISmsGateway>()).Redacted);
        Assert.Equal(2, ((ForgetfulProvider)portal.Get<ISmsGateway>()).Redacted.Count);
    }

    [Fact]
    public async Task A_number_found_in_a_file_keeps_the_request_open_until_a_new_search_is_clean()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (_, id) = await WellKnownPersonAsync(desk);
        var forgotten = Path.Combine(portal.Folder, "uploads", "old-list.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(forgotten)!);
        await File.WriteAllTextAsync(forgotten, "name;phone\nSomebody;(212) 555-2368\n");

        var first = await desk.EraseAsync(id);
        Assert.Equal("File uploads/old-list.csv", first.Value.Findings.Single().Where);
        Assert.Equal(PrivacyRequestStatus.Failed, (await desk.FindAsync(id)).Status);
        Assert.NotNull((await portal.Get<MakeErasureCertificate>().ExecuteAsync(desk.First, id, default)).Failure);

        File.Delete(forgotten);
        var other = await portal.Get<RepeatRescan>().ExecuteAsync(desk.Second, id, new SoughtAgain(["+1 212 555 2399"], [], []), default);
        var second = await portal.Get<RepeatRescan>().ExecuteAsync(desk.Second, id, new SoughtAgain(["(+1) 212 555 2368"], ["Ada Okafor"], []), default);

        Assert.IsType<NumberIsAnothers>(other.Failure);
        Assert.True(second.Value.IsClean);
        Assert.Equal(desk.Second.Id, Assert.Single(await portal.AuditAsync("request.searchBegun")).GetProperty("actor").GetProperty("id").GetString());
        await desk.AskProviderAsync();
        Assert.Equal(PrivacyRequestStatus.Replying, (await desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task Search_words_go_by_their_key_and_are_searched_for_without_the_lock_of_writers()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, id) = await WellKnownPersonAsync(desk);
        await portal.AddPersonAsync("+12125552399");
        using var plans = new QueryPlans(portal);

        await desk.EraseAsync(id);

        Assert.Contains(await plans.StepsAsync(), step => step.Sql.StartsWith("DELETE FROM \"SearchWords\"", StringComparison.Ordinal) && step.Step.Contains("PRIMARY KEY (Run=? AND Hash=? AND SubscriberId=?)", StringComparison.Ordinal));
        Assert.StartsWith("SELECT", Assert.Single(await plans.ReadWholeAsync(), read => read.Table == "SearchWords").Sql, StringComparison.Ordinal);
        await using var db = portal.Database.Open();
        Assert.False(await db.SearchWords.AnyAsync(t => t.SubscriberId == person));
        Assert.True(await db.SearchWords.AnyAsync());
    }

    [Fact]
    public async Task A_search_word_that_nobody_knew_of_is_found_and_taken_away_and_so_is_one_of_a_merged_record()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, id) = await WellKnownPersonAsync(desk);
        var closed = await portal.AddPersonAsync("+12125552399");
        await portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == closed).ExecuteUpdateAsync(s => s.SetProperty(x => x.MergedIntoId, person)), default);
        await portal.Database.WriteAsync(
            db =>
            {
                db.SearchWords.AddRange(new[] { person, closed }.Select(whose => new SearchWord { SubscriberId = whose, Hash = 123 }));
                return Task.CompletedTask;
            },
            default);

        var report = await desk.EraseAsync(id);

        Assert.True(report.Value.IsClean);
        Assert.Equal(2, Assert.Single(await portal.AuditAsync("subscriber.wordsRemoved")).GetProperty("after").GetProperty("words").GetInt32());
        await using var db = portal.Database.Open();
        Assert.False(await db.SearchWords.AnyAsync());
    }

    [Fact]
    public async Task A_search_counts_the_search_words_that_lead_to_a_person()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await using var db = portal.Database.Open();

        var report = await portal.Get<RescanForSubscriber>().FindAsync(PersonTraces.Of("+4915119999999", new SubscriberProfile("Wilhelmina", "Quastenflosser", null)), [person], default);

        Assert.Equal([new RescanFinding("SearchWords.SubscriberId", await db.SearchWords.CountAsync())], report.Findings);
    }

    [Fact]
    public async Task Whoever_also_asked_for_their_data_gets_it_before_it_is_gone()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, id) = await WellKnownPersonAsync(desk);
        await desk.ReceiveAsync(person, PrivacyRequestKind.Access);

        Assert.IsType<AnswerAccessFirst>((await desk.EraseAsync(id)).Failure);
    }

    [Theory]
    [InlineData("Ada Okafor called")]
    [InlineData("Call from (212) 555-2368")]
    [InlineData("okafor, ada")]
    public async Task A_reason_that_the_audit_trail_would_keep_for_good_never_names_the_person(string reason)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        var withdrawal = new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, reason, portal.Now);

        Assert.IsType<ReasonNamesPerson>((await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, person, reason, default)).Failure);
        Assert.IsType<ReasonNamesPerson>((await portal.Get<WithdrawConsent>().ExecuteAsync(portal.Staff, person, withdrawal, default)).Failure);
    }

    [Fact]
    public async Task The_certificate_names_the_stores_the_search_and_what_stays()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (_, id) = await WellKnownPersonAsync(desk);
        await desk.EraseAsync(id);
        await desk.AskProviderAsync();
        await portal.SealAsync();

        var text = PdfText.Of((await portal.Get<MakeErasureCertificate>().ExecuteAsync(desk.First, id, default)).Value.Bytes);

        Assert.Contains("DSR-1", text, StringComparison.Ordinal);
        Assert.Contains("Approved by Ben Oduya", text, StringComparison.Ordinal);
        Assert.Contains("Search words", text, StringComparison.Ordinal);
        Assert.Contains("Seams read", text, StringComparison.Ordinal);
        Assert.Contains("do-not-text list", text, StringComparison.Ordinal);
        Assert.Contains("Vonage was asked to erase 2 texts", text, StringComparison.Ordinal);
        Assert.Contains("server logs", text, StringComparison.Ordinal);
        Assert.Contains("not later than 24 Dec 2026", text, StringComparison.Ordinal);
        Assert.Contains("Log entry of the erasure", text, StringComparison.Ordinal);
        Assert.All(Spellings, s => Assert.DoesNotContain(s, text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Somebody about whom staff have written in every place that takes free text.</summary>
    private static async Task<(SubscriberId Person, PrivacyRequestId Request)> WellKnownPersonAsync(RequestDesk desk)
    {
        var portal = desk.Portal;
        var person = (await portal.Get<AddSubscriber>().ExecuteAsync(
            desk.First, new NewSubscriber(new PhoneNumber("+12125552368", "US"), Domain.Subscribers.LineType.Mobile, new SubscriberProfile("Ada", "Okafor", "K-100200"), "Web form"), default)).Value;
        await portal.Get<RecordConsent>().ExecuteAsync(desk.First, person, new GivenConsent(
            portal.Offers.Id, portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.ExpressWritten, new ConsentEvidence(AskedBy: "Store, card of Ada Okafor"), portal.Now, true, "Signed card in the shop",
            Document: Scans.Pdf("Signed: Ada Okafor, (212) 555-2368", "Ada Okafor.pdf")), default);
        await portal.ReceiveAsync(person, "This is Ada Okafor, call 212 555 2368", portal.Now);
        await portal.SendAsync(person, portal.Now, body: "Hello Ada Okafor");
        await portal.Database.WriteAsync(
            async db =>
            {
                await db.OutboundMessages.Where(m => m.SubscriberId == person && m.Kind == MessageKind.Campaign).ExecuteUpdateAsync(m => m.SetProperty(x => x.ProviderMessageId, "provider-1"));
                var attribute = new AttributeDefinition { Name = "Contact", Type = AttributeType.Text };
                db.AttributeDefinitions.Add(attribute);
                await db.SaveChangesAsync();
                db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = person, AttributeId = attribute.Id, Text = "Okafor, Ada +1 212-555-2368" });
                db.SubscriberFacts.Add(new SubscriberFact { SubscriberId = person, Kind = FactKind.Purchase, At = portal.Now, Reference = "Order of K-100200" });
            },
            default);
        return (person, await desk.ApprovedErasureAsync(person, "Ada Okafor wrote from 12125552368 and wants to be gone"));
    }

    /// <summary>How often a spelling stands in the raw bytes of any file of the portal.</summary>
    private static async Task<int> HitsAsync(PeoplePortal portal)
    {
        SqliteConnection.ClearAllPools();
        var hits = 0;
        foreach (var path in Directory.EnumerateFiles(portal.Folder, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await RawFiles.ReadAsync(path));
            hits += Spellings.Count(s => text.Contains(s, StringComparison.OrdinalIgnoreCase) || text.Contains(Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(s)), StringComparison.OrdinalIgnoreCase));
        }

        return hits;
    }
}
