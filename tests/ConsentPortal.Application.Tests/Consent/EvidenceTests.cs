using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

public sealed class EvidenceTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Written_consent_on_paper_needs_the_scan()
    {
        Assert.IsType<PaperWithoutScan>((await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, null)).Failure);
        Assert.True((await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, Scans.Pdf())).IsSuccess);
    }

    [Fact]
    public async Task Spoken_consent_is_at_most_express()
    {
        Assert.IsType<SpokenIsNotWritten>((await RecordAsync(ConsentChannel.Staff, ConsentLevel.ExpressWritten, null)).Failure);
        Assert.True((await RecordAsync(ConsentChannel.Staff, ConsentLevel.Express, null)).IsSuccess);
    }

    [Fact]
    public async Task A_scan_is_kept_sealed_and_the_consent_names_its_hash()
    {
        var scan = Scans.Pdf("Signed by Ada");
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, scan);

        await using var db = _portal.Database.Open();
        var kept = await db.EvidenceDocuments.SingleAsync();
        Assert.Equal((_person, scan.Hash, scan.Bytes.Length, "application/pdf"), (kept.SubscriberId, kept.Hash, kept.Size, kept.ContentType));
        Assert.Equal(-1, kept.Content.AsSpan().IndexOf("Signed"u8));
        Assert.Equal(-1, kept.Name.AsSpan().IndexOf("card"u8));
        var proof = (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, _person, default)).Value.Consents.Single().Proof!;
        Assert.Equal((scan.Hash, "card.pdf"), (proof.Evidence!.DocumentHash, proof.DocumentName));
        Assert.Equal(scan.Hash, (await _portal.AuditAsync("consent.granted")).Single().GetProperty("after").GetProperty("document").GetString());
    }

    [Fact]
    public async Task A_paper_is_opened_for_a_reason_that_stays_in_the_audit_trail()
    {
        var scan = Scans.Pdf("Signed by Ada");
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, scan);

        Assert.IsType<ReasonNeeded>((await OpenAsync(_person, scan.Hash, " ")).Failure);
        Assert.IsType<ReasonNamesPerson>((await OpenAsync(_person, scan.Hash, "Ada Okafor asked")).Failure);
        Assert.Empty(await _portal.AuditAsync(OpenEvidence.Opened));
        var opened = (await OpenAsync(_person, scan.Hash, "Complaint, case 12")).Value;

        Assert.Equal((scan.Name, scan.ContentType), (opened.Name, opened.ContentType));
        Assert.Equal(scan.Bytes, opened.Bytes);
        var entry = (await _portal.AuditAsync(OpenEvidence.Opened)).Single();
        Assert.Equal(("Complaint, case 12", scan.Hash), (entry.GetProperty("reason").GetString(), entry.GetProperty("after").GetProperty("document").GetString()));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<OpenEvidence>().ExecuteAsync(Actor.Nobody, _person, scan.Hash, "Complaint", default));
    }

    [Fact]
    public async Task Nobody_elses_paper_is_opened()
    {
        var scan = Scans.Pdf();
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, scan);

        Assert.IsType<EvidenceNotFound>((await OpenAsync(await _portal.AddPersonAsync("+12125552399"), scan.Hash, "Complaint")).Failure);
    }

    [Fact]
    public async Task A_paper_of_a_merged_record_is_opened_from_the_one_that_goes_on()
    {
        var twin = await _portal.AddTwinAsync();
        var scan = Scans.Pdf();
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, scan, twin);
        await MergeAsync(_portal, _person, twin);

        Assert.Equal(scan.Bytes, (await OpenAsync(_person, scan.Hash, "Complaint")).Value.Bytes);
    }

    [Fact]
    public async Task The_certificate_lists_the_name_and_the_hash_of_the_paper()
    {
        var scan = Scans.Pdf();
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, scan);

        var text = PdfText.Of((await _portal.Get<MakeConsentProof>().ExecuteAsync(_portal.Staff, new ConsentProofWish(_person, _portal.Offers.Id, false), default)).Value.Bytes);

        Assert.Contains("card.pdf", text, StringComparison.Ordinal);
        Assert.Contains(scan.Hash, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MZ program", "scan.pdf")]
    [InlineData("<svg>", "scan.png")]
    [InlineData("", "scan.jpg")]
    [InlineData(" %PDF-1.7", "scan.pdf")]
    public void A_file_is_known_by_its_first_bytes_and_not_by_its_name(string content, string name) =>
        Assert.IsType<EvidenceUnreadable>(EvidenceFile.Read(name, Encoding.UTF8.GetBytes(content)).Failure);

    [Fact]
    public void A_file_of_more_than_five_megabytes_is_refused()
    {
        var bytes = new byte[EvidenceFile.Largest + 1];
        "%PDF-"u8.CopyTo(bytes);

        Assert.IsType<EvidenceTooLarge>(EvidenceFile.Read("scan.pdf", bytes).Failure);
        Assert.True(EvidenceFile.Read("scan.pdf", bytes[..EvidenceFile.Largest]).IsSuccess);
    }

    [Theory]
    [InlineData(@"C:\scans\card.pdf", "card.pdf")]
    [InlineData("../../etc/card.pdf", "card.pdf")]
    [InlineData("a\"b\r\n.pdf", "ab.pdf")]
    [InlineData("..", "document.pdf")]
    public void The_name_of_a_file_is_only_a_name(string given, string kept) => Assert.Equal(kept, Scans.Pdf(name: given).Name);

    [Fact]
    public void Sealed_bytes_have_the_form_of_sealed_text()
    {
        using var key = _portal.Get<SubjectKeys>().Create(_person).Key;

        Assert.Equal("Ada", key.Open(key.Seal("Ada"u8, SealedField.Document), SealedField.Document));
        Assert.Equal("Ada"u8.ToArray(), key.OpenBytes(key.Seal("Ada", SealedField.Document), SealedField.Document));
    }

    [Fact]
    public async Task Pictures_of_a_form_are_added_to_a_wording_and_never_replaced_and_the_certificate_has_their_hash()
    {
        var pictures = _portal.Get<WordingPictures>();
        var (first, second) = (Scans.Pdf("Form in May", "form.pdf"), Scans.Pdf("Form in June", "form.pdf"));
        Assert.Null((await pictures.AttachAsync(_portal.Staff, _portal.Wording.Id, first, default)).Failure);
        Assert.Null((await pictures.AttachAsync(_portal.Staff, _portal.Wording.Id, second, default)).Failure);
        Assert.IsType<PictureKnown>((await pictures.AttachAsync(_portal.Staff, _portal.Wording.Id, first, default)).Failure);
        await _portal.ConsentAsync(_person);

        var kept = (await _portal.Get<PurposeDetail>().GetAsync(_portal.Staff, _portal.Offers.Id, default)).Value.Wordings.Single().Pictures;
        var text = PdfText.Of((await _portal.Get<MakeConsentProof>().ExecuteAsync(_portal.Staff, new ConsentProofWish(_person, _portal.Offers.Id, false), default)).Value.Bytes);

        Assert.Equal([first.Hash, second.Hash], kept.Select(p => p.Hash).OrderBy(h => h == second.Hash));
        Assert.Equal(first.Bytes, (await pictures.FindAsync(_portal.Staff, kept.Single(p => p.Hash == first.Hash).Id, default))!.Bytes);
        Assert.All(kept, p => Assert.Contains(p.Hash, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(2, (await _portal.AuditAsync("wording.pictured")).Count);
    }

    [Fact]
    public async Task The_way_to_pictures_of_forms_opens_no_paper_of_a_person()
    {
        await RecordAsync(ConsentChannel.Paper, ConsentLevel.ExpressWritten, Scans.Pdf());
        await using var db = _portal.Database.Open();

        Assert.Null(await _portal.Get<WordingPictures>().FindAsync(_portal.Staff, (await db.EvidenceDocuments.SingleAsync()).Id, default));
    }

    internal static async Task MergeAsync(PeoplePortal portal, SubscriberId keep, SubscriberId close)
    {
        await using var db = portal.Database.Open();
        var versions = await db.Subscribers.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Version);
        var outcome = await portal.Get<MergeSubscribers>().ExecuteAsync(portal.Staff, new Merge(keep, versions[keep], close, versions[close], "The same person"), default);
        Assert.Null(outcome.Failure);
    }

    private Task<Result<EvidenceFile>> OpenAsync(SubscriberId id, string hash, string reason) =>
        _portal.Get<OpenEvidence>().ExecuteAsync(_portal.Staff, id, hash, reason, default);

    private Task<Result<ConsentState>> RecordAsync(ConsentChannel channel, ConsentLevel level, EvidenceFile? scan, SubscriberId? person = null) =>
        _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, person ?? _person, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, channel, level, new ConsentEvidence(AskedBy: "Front desk"), _portal.Now, IsActOfPerson: true, "Handed in at the desk", Document: scan), default);
}
