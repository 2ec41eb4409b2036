using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Files that came with a request: sealed, handed out for a reason, and gone as soon as they are not needed.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private const string Mail = "Received: from mail.example\r\n\tby mx.example\r\nFrom: Ada Okafor <ada@example.org>\r\nTo: privacy@aurora.example\r\nSubject: My data\r\n\r\nWhat do you hold on me?\r\n";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_file_is_kept_sealed_and_neither_its_name_nor_a_hash_of_it_stands_in_the_log()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);

        Assert.Null((await AttachAsync(id, AttachmentKind.Email, Letter("ada-okafor.eml"))).Failure);

        await using var db = _portal.Database.Open();
        var row = await db.PrivacyRequestAttachments.SingleAsync();
        Assert.Equal((AttachmentKind.Email, "message/rfc822", Mail.Length), (row.Kind, row.ContentType, row.Size));
        Assert.Equal(-1, row.ContentSealed.AsSpan().IndexOf("Okafor"u8));
        Assert.False(await RawFiles.HoldAsync(_portal.Folder, "What do you hold on me?"));
        var entry = (await _portal.AuditAsync("request.attached")).Single().ToString();
        Assert.DoesNotContain("okafor", entry, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Letter().Hash, entry, StringComparison.Ordinal);
        Assert.Equal(("ada-okafor.eml", true), (await FilesAsync(id)).Select(f => (f.Name, f.IsKept)).Single());
    }

    [Fact]
    public async Task A_file_is_handed_out_for_a_reason_that_counts_as_a_look()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        await AttachAsync(id, AttachmentKind.Email, Letter());
        var file = (await FilesAsync(id)).Single().Id;
        var open = _portal.Get<OpenAttachment>();

        Assert.IsType<ReasonNeeded>((await open.ExecuteAsync(_desk.First, id, file, " ", default)).Failure);
        Assert.IsType<ReasonNamesPerson>((await open.ExecuteAsync(_desk.First, id, file, "Ada Okafor asked", default)).Failure);
        Assert.IsType<AttachmentNotFound>((await open.ExecuteAsync(_desk.First, await _desk.ReceiveAsync(_person, PrivacyRequestKind.Erasure), file, "Answering it", default)).Failure);
        Assert.Empty(await _portal.AuditAsync(OpenAttachment.Opened));
        var opened = (await open.ExecuteAsync(_desk.First, id, file, "Answering it", default)).Value;

        Assert.Equal((Mail, "message/rfc822", "mail.eml"), (Encoding.UTF8.GetString(opened.Bytes), opened.ContentType, opened.Name));
        var look = (await _portal.Get<WhoLookedAtMe>().PageAsync(_desk.First, _person, null, default)).Entries.First(e => e.Kind == LookKind.Attachment);
        Assert.True(look.IsReveal);
        var reader = await _portal.AddStaffAsync("Rita Reader", [Permissions.ViewPrivacyRequests]);
        await Assert.ThrowsAsync<NotPermitted>(() => open.ExecuteAsync(reader, id, file, "Answering it", default));
    }

    [Fact]
    public async Task Identity_papers_are_deleted_once_the_person_was_recognised_and_the_note_says_that_they_were_seen()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        await AttachAsync(id, AttachmentKind.IdentityPaper, Scans.Pdf("Passport of Ada Okafor", "passport.pdf"));
        await AttachAsync(id, AttachmentKind.Email, Letter());
        var delete = _portal.Get<DeleteIdentityPapers>();

        Assert.IsType<PapersNotUsedYet>((await delete.ExecuteAsync(_desk.First, id, default)).Failure);
        await _desk.VerifyAsync(id);
        Assert.Null((await delete.ExecuteAsync(_desk.First, id, default)).Failure);
        Assert.IsType<NoIdentityPapers>((await delete.ExecuteAsync(_desk.First, id, default)).Failure);

        var files = (await FilesAsync(id)).ToDictionary(f => f.Kind);
        Assert.Equal((null, "Carla Mendes", false), (files[AttachmentKind.IdentityPaper].Name, files[AttachmentKind.IdentityPaper].RemovedBy, files[AttachmentKind.IdentityPaper].IsKept));
        Assert.True(files[AttachmentKind.Email].IsKept);
        await using var db = _portal.Database.Open();
        var row = await db.PrivacyRequestAttachments.SingleAsync(a => a.Kind == AttachmentKind.IdentityPaper);
        Assert.Equal((null, null), (row.ContentSealed, row.NameSealed));
        Assert.Contains(await db.PrivacyRequestEntries.Select(e => e.Text).ToListAsync(), text => text.Contains("were seen and deleted", StringComparison.Ordinal));
        Assert.Single(await _portal.AuditAsync("request.identityPapersDeleted"));
        Assert.IsType<AttachmentNotFound>((await _portal.Get<OpenAttachment>().ExecuteAsync(_desk.First, id, row.Id, "Answering it", default)).Failure);
    }

    [Fact]
    public async Task What_is_deleted_leaves_no_sealed_copy_in_any_file()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Objection);
        await AttachAsync(id, AttachmentKind.IdentityPaper, Scans.Pdf(new string('x', 40_000)));
        byte[] piece;
        await using (var db = _portal.Database.Open())
            piece = (await db.PrivacyRequestAttachments.SingleAsync()).ContentSealed![2_000..2_064];
        Assert.True(await HoldAsync(piece), "The search has to find the sealed copy first.");

        Assert.Null((await _portal.Get<DeleteIdentityPapers>().ExecuteAsync(_desk.First, id, default)).Failure);

        Assert.False(await HoldAsync(piece));
    }

    [Fact]
    public async Task A_wrong_file_is_removed_for_a_reason_and_a_legal_hold_keeps_every_file()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        await AttachAsync(id, AttachmentKind.Letter, Scans.Pdf());
        var file = (await FilesAsync(id)).Single().Id;
        var remove = _portal.Get<RemoveAttachment>();
        var hold = (await _portal.Get<PlaceLegalHold>().ExecuteAsync(_desk.First, new NewLegalHold(_person, null, "Claim announced by a lawyer", null), default)).Value;

        Assert.IsType<FilesAreHeld>((await remove.ExecuteAsync(_desk.First, id, file, "Belongs to another case", default)).Failure);
        Assert.True((await FilesAsync(id)).Single().IsKept);
        Assert.Null((await _portal.Get<LiftLegalHold>().ExecuteAsync(_desk.First, hold, "The claim was settled", default)).Failure);
        Assert.IsType<ReasonNeeded>((await remove.ExecuteAsync(_desk.First, id, file, "", default)).Failure);
        Assert.Null((await remove.ExecuteAsync(_desk.First, id, file, "Belongs to another case", default)).Failure);
        Assert.IsType<AttachmentNotFound>((await remove.ExecuteAsync(_desk.First, id, file, "Belongs to another case", default)).Failure);

        Assert.False((await FilesAsync(id)).Single().IsKept);
    }

    [Fact]
    public async Task An_erasure_takes_the_files_and_no_byte_of_them_is_left()
    {
        var id = await _desk.VerifiedAsync(_person, PrivacyRequestKind.Erasure);
        await AttachAsync(id, AttachmentKind.Email, Letter("ada-okafor.eml"));
        await AttachAsync(id, AttachmentKind.IdentityPaper, Scans.Pdf("Passport of Ada Okafor +12125552368", "passport.pdf"));
        await _desk.AskAsync(id);
        await _desk.ApproveAsync(id, _desk.Second);

        var report = (await _desk.EraseAsync(id)).Value;

        Assert.Empty(report.Findings);
        Assert.Empty(await FilesAsync(id));
        foreach (var text in new[] { "Ada Okafor", "ada-okafor", "What do you hold on me?", "+12125552368" })
            Assert.False(await RawFiles.HoldAsync(_portal.Folder, text), text);
        Assert.IsType<PersonIsErased>((await AttachAsync(await OpenOfErasedAsync(), AttachmentKind.Letter, Scans.Pdf())).Failure);
    }

    [Fact]
    public async Task Files_go_with_the_request_when_its_time_is_over()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        await AttachAsync(id, AttachmentKind.Email, Letter());
        await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Could not be identified", default);
        await _desk.SendAsync(id);
        // The newest request stays for its number.
        await _desk.ReceiveAsync(await _portal.AddPersonAsync("+12125552399"), PrivacyRequestKind.Access);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(73));

        await _portal.Get<RunRetention>().ExecuteAsync(_portal.Staff, default);

        await using var db = _portal.Database.Open();
        Assert.DoesNotContain(await db.PrivacyRequests.ToListAsync(), r => r.Id == id);
        Assert.Empty(await db.PrivacyRequestAttachments.ToListAsync());
    }

    [Fact]
    public async Task A_request_keeps_twenty_files_and_a_closed_one_gets_none()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        for (var i = 0; i < AttachToRequest.MostKept; i++)
            Assert.Null((await AttachAsync(id, AttachmentKind.Other, Scans.Pdf())).Failure);

        Assert.IsType<TooManyAttachments>((await AttachAsync(id, AttachmentKind.Other, Scans.Pdf())).Failure);
        await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, id, "Entered by mistake", default);
        Assert.IsType<RequestNotReady>((await AttachAsync(id, AttachmentKind.Other, Scans.Pdf())).Failure);
    }

    [Theory]
    [InlineData(Mail, "mail.txt", "message/rfc822")]
    [InlineData("From: a@example.org\nDate: Tue, 24 Nov 2026\n\nHello", "x.pdf", "message/rfc822")]
    [InlineData("%PDF-1.7\nFrom: a@example.org", "letter.eml", "application/pdf")]
    public void A_mail_is_known_by_its_head_and_not_by_its_name(string content, string name, string type) =>
        Assert.Equal(type, EvidenceFile.ReadLetter(name, Encoding.UTF8.GetBytes(content)).Value.ContentType);

    [Theory]
    [InlineData("<html>\nFrom: a@example.org\nTo: b@example.org\n\nHello")]
    [InlineData("Subject: No sender\nTo: b@example.org\n\nHello")]
    [InlineData("From: a@example.org\n\nNothing else in the head")]
    [InlineData("From: a@example.org\nTo: b@example.org\n\nMZ\0\u0001 program")]
    [InlineData("Dear all,\nplease delete me.")]
    [InlineData("")]
    public void What_is_no_mail_is_refused(string content) =>
        Assert.IsType<LetterFileUnreadable>(EvidenceFile.ReadLetter("mail.eml", Encoding.UTF8.GetBytes(content)).Failure);

    [Fact]
    public void A_message_of_outlook_is_taken_and_another_compound_file_is_not()
    {
        byte[] head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]];

        Assert.Equal("application/vnd.ms-outlook", EvidenceFile.ReadLetter("mail.msg", [.. head, .. Encoding.Unicode.GetBytes("__properties_version1.0")]).Value.ContentType);
        Assert.IsType<LetterFileUnreadable>(EvidenceFile.ReadLetter("mail.msg", [.. head, .. Encoding.Unicode.GetBytes("WordDocument")]).Failure);
        Assert.IsType<EvidenceTooLarge>(EvidenceFile.ReadLetter("mail.msg", new byte[EvidenceFile.Largest + 1]).Failure);
    }

    private static EvidenceFile Letter(string name = "mail.eml") => EvidenceFile.ReadLetter(name, Encoding.UTF8.GetBytes(Mail)).Value;

    private Task<Result<Done>> AttachAsync(PrivacyRequestId id, AttachmentKind kind, EvidenceFile file) => _portal.Get<AttachToRequest>().ExecuteAsync(_desk.First, id, kind, file, default);

    private Task<IReadOnlyList<AttachmentView>> FilesAsync(PrivacyRequestId id) => _portal.Get<RequestAttachments>().OfAsync(_desk.First, id, default);

    private async Task<bool> HoldAsync(byte[] piece)
    {
        foreach (var path in Directory.EnumerateFiles(_portal.Folder, "*", SearchOption.AllDirectories))
        {
            if ((await RawFiles.ReadAsync(path)).AsSpan().IndexOf(piece) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>A request that was left open beside the erasure.</summary>
    private async Task<PrivacyRequestId> OpenOfErasedAsync()
    {
        var other = await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Quill");
        var id = await _desk.ReceiveAsync(other, PrivacyRequestKind.Rectification);
        await _portal.EraseAsync(other);
        return id;
    }
}
