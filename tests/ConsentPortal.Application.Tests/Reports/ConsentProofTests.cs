using System.Security.Cryptography;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class ConsentProofTests
{
    [Fact]
    public async Task A_certificate_names_the_words_the_act_and_the_place_in_the_log()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);
        await portal.SealAsync();

        var text = PdfText.Of((await MakeAsync(portal, person)).Bytes);

        Assert.Contains("I agree that Aurora may text me offers.", text, StringComparison.Ordinal);
        Assert.Contains("English, version 1", text, StringComparison.Ordinal);
        Assert.Contains("24 Nov 2026, 17:00:00 UTC (24 Nov 2026, 12:00 America/New York)", text, StringComparison.Ordinal);
        Assert.Contains("https://aurora.example/join", text, StringComparison.Ordinal);
        Assert.Contains("203.0.113.7", text, StringComparison.Ordinal);
        Assert.Contains("the consent is in force", text, StringComparison.Ordinal);
        Assert.Contains("Carla Mendes", text, StringComparison.Ordinal);
        Assert.Contains(portal.Wording.Hash, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Log entry of the consent", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_masks_the_number_unless_it_may_be_shown_and_was_asked_for()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);

        var masked = PdfText.Of((await MakeAsync(portal, person)).Bytes);
        var full = PdfText.Of((await MakeAsync(portal, person, showsNumber: true)).Bytes);

        Assert.DoesNotContain("2125552368", masked, StringComparison.Ordinal);
        Assert.Contains("+1 212 ••• 2368", masked, StringComparison.Ordinal);
        Assert.Contains("+12125552368", full, StringComparison.Ordinal);
        Assert.Single(await portal.AuditAsync("number.revealed"));
        var unable = portal.Staff with { Permissions = new HashSet<string> { Permissions.ExportReports } };
        await Assert.ThrowsAsync<NotPermitted>(() => portal.Get<MakeConsentProof>().ExecuteAsync(unable, new ConsentProofWish(person, portal.Offers.Id, true), default));
    }

    [Fact]
    public async Task A_certificate_tells_a_withdrawal_with_its_own_place_in_the_log()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await portal.Get<WithdrawConsent>().ExecuteAsync(portal.Staff, person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", portal.Now), default);
        await portal.SealAsync();
        await using var db = portal.Database.Open();

        var proof = await new ConsentProofReader(db, portal.Get<Application.Subscribers.SubscriberVault>(), (await db.Subscribers.FindAsync(person))!, portal.Offers).ReadAsync(false, portal.Now, default);
        var text = PdfText.Of((await MakeAsync(portal, person)).Bytes);

        Assert.Equal(2, proof!.Events.Count);
        Assert.All(proof.Events, e => Assert.NotNull(e.Log?.LeafIndex));
        Assert.Contains("had agreed and withdrew on 26 Nov 2026, 17:00 UTC", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_of_an_imported_consent_names_the_place_of_its_row_in_the_log()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of("+12125552368,US,Ada,yes,2025-11-03,web form", "+12125552369,US,Bo,yes,2025-11-03,web form");
        await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id }, ImportWatch.None, default);
        await portal.SealAsync();
        await using var db = portal.Database.Open();
        var second = (await db.ConsentEvents.SingleAsync(e => e.ImportRow == 3)).SubscriberId;

        var proof = await new ConsentProofReader(db, portal.Get<Application.Subscribers.SubscriberVault>(), (await db.Subscribers.FindAsync(second))!, portal.Offers).ReadAsync(false, portal.Now, default);

        var entry = await db.AuditEntries.SingleAsync(e => e.SubscriberId == second);
        Assert.Equal(entry.LeafIndex, Assert.Single(proof!.Events).Log?.LeafIndex);
    }

    [Fact]
    public async Task The_audit_trail_knows_the_file_by_the_code_printed_on_it()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);

        var file = await MakeAsync(portal, person);
        var found = await portal.Get<MadeReports>().FindAsync(file.Code.ToLowerInvariant().Replace('0', 'o'), default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Bytes)), found!.Sha256);
        Assert.Contains(file.Code, PdfText.Of(file.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain(person.ToString(), file.FileName, StringComparison.Ordinal);
        Assert.Null(await portal.Get<MadeReports>().FindAsync("0000-0000-0000-0000", default));
    }

    [Fact]
    public async Task Without_any_event_there_is_nothing_to_certify()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();

        var outcome = await portal.Get<MakeConsentProof>().ExecuteAsync(portal.Staff, new ConsentProofWish(person, portal.Offers.Id), default);

        Assert.IsType<NothingToProve>(outcome.Failure);
    }

    private static async Task<ReportFile> MakeAsync(PeoplePortal portal, SubscriberId person, bool showsNumber = false) =>
        (await portal.Get<MakeConsentProof>().ExecuteAsync(portal.Staff, new ConsentProofWish(person, portal.Offers.Id, showsNumber), default)).Value;
}
