using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Consent;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class AccessPackageTests
{
    [Fact]
    public async Task The_package_holds_everything_that_is_known_of_the_person()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);
        await portal.ReceiveAsync(person, "When do you open?", portal.Now);
        await portal.Get<OpenSubscriber>().ExecuteAsync(portal.Staff, person, default);
        await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, person, "Called back", default);
        await portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.Add(new AttributeDefinition { Id = 1, Name = "Interests", Type = AttributeType.List });
                db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = person, AttributeId = 1, Text = ValueList.Read("shoes;boots") });
                return Task.CompletedTask;
            },
            default);
        var id = await desk.VerifiedAsync(person, PrivacyRequestKind.Access);
        await portal.Get<WriteLetter>().ExecuteAsync(desk.First, id, LetterKind.Acknowledgement, new LetterWords("en", "We have it\n\nDear Ada, it is here."), default);
        await desk.ReviewAsync(id);

        var file = (await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value;
        var files = Unzip(file.Bytes);
        var data = JsonDocument.Parse(files["data.json"]).RootElement;
        var summary = PdfText.Of(files["summary.pdf"]);

        Assert.Equal("DSR-1-data.zip", file.FileName);
        Assert.Equal("+12125552368", data.GetProperty("profile").GetProperty("number").GetString());
        var consent = data.GetProperty("consents")[0].GetProperty("events")[0];
        Assert.Equal("I agree that Aurora may text me offers.", consent.GetProperty("wording").GetProperty("text").GetString());
        Assert.Equal("203.0.113.7", consent.GetProperty("evidence").GetProperty("ipAddress").GetString());
        Assert.Equal(["When do you open?", "Welcome."], data.GetProperty("texts").EnumerateArray().Select(t => t.GetProperty("words").GetString()).OrderByDescending(w => w));
        Assert.Equal([(false, null), (true, "Called back"), (true, null)], data.GetProperty("lookedAtBy").EnumerateArray().Select(a => (a.GetProperty("numberShown").GetBoolean(), a.GetProperty("reason").GetString())));
        Assert.Equal(["shoes; boots"], data.GetProperty("attributes").EnumerateArray().Select(a => a.GetProperty("value").GetString()));
        var letter = data.GetProperty("requests")[0].GetProperty("letters")[0];
        Assert.Equal(("acknowledgement", "We have it\n\nDear Ada, it is here."), (letter.GetProperty("kind").GetString(), letter.GetProperty("text").GetString()));
        Assert.Equal("Vonage", data.GetProperty("recipients")[0].GetProperty("name").GetString());
        Assert.Contains("When do you open?", summary, StringComparison.Ordinal);
        Assert.Contains("+12125552368", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_auditor_and_staff_wrote_about_a_record_of_the_person_is_part_of_their_data()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var (person, other) = (await portal.AddPersonAsync(), await portal.AddPersonAsync("+12125552399", first: "Ben", last: "Quill"));
        await portal.ConsentAsync(person);
        await portal.ConsentAsync(other);
        var auditor = await RoomScene.VisitorAsync(portal, "Ines Laurent");
        var room = await RoomScene.OpenAsync(portal, auditor);
        var question = await RoomScene.AskAsync(portal, auditor, room, EvidenceKind.Consents);
        await using var db = portal.Database.Open();
        foreach (var (of, words) in new[] { (person, "Which form was this?"), (person, "Not these words"), (other, "And this one?") })
        {
            var record = await db.ConsentEvents.Where(e => e.SubscriberId == of).Select(e => e.Id).SingleAsync();
            Assert.Null((await portal.Get<EvidenceComments>().AddAsync(auditor, room, new NewEvidenceComment(words, question, record), default)).Failure);
        }

        Assert.Null((await portal.Get<EvidenceComments>().AddAsync(auditor, room, new NewEvidenceComment("A good room", question), default)).Failure);
        await portal.Get<EvidenceComments>().TakeOutAsync(portal.Staff, await db.EvidenceComments.Where(c => c.Text == "Not these words").Select(c => c.Id).SingleAsync(), "It names a person", default);

        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);
        var files = Unzip((await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes);

        var comment = Assert.Single(JsonDocument.Parse(files["data.json"]).RootElement.GetProperty("auditComments").EnumerateArray());
        Assert.Equal(("Which form was this?", "Ines Laurent", "consentEvent"), (comment.GetProperty("text").GetString(), comment.GetProperty("by").GetString(), comment.GetProperty("about").GetString()));
        var summary = PdfText.Of(files["summary.pdf"]);
        Assert.Contains("Which form was this?", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("And this one?", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_has_the_hash_of_every_file_and_the_schema_explains_the_data()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.ReviewedAsync(await portal.AddPersonAsync(), PrivacyRequestKind.Portability);

        var files = Unzip((await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes);
        var manifest = JsonDocument.Parse(files["manifest.json"]).RootElement.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("sha256").GetString());
        var schema = JsonDocument.Parse(files["schema.json"]).RootElement;

        Assert.Equal(files.Keys.Except(["manifest.json", "manifest.sig", "public-key"]).Order(), manifest.Keys.Order());
        Assert.All(manifest, entry => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[entry.Key])), entry.Value));
        Assert.Equal(
            JsonDocument.Parse(files["data.json"]).RootElement.EnumerateObject().Select(p => p.Name).Order(),
            schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("E.164.", schema.GetProperty("properties").GetProperty("profile").GetProperty("properties").GetProperty("number").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Access_is_closed_only_after_the_package_was_made_and_made_only_for_the_verified()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.ReceiveAsync(await portal.AddPersonAsync(), PrivacyRequestKind.Access);

        Assert.NotNull((await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Failure);
        await desk.VerifyAsync(id);
        Assert.NotNull((await portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Sent by mail", default)).Failure);
        await desk.ReviewAsync(id);
        var file = (await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value;
        Assert.Null((await portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Sent by mail", default)).Failure);

        Assert.Equal(file.Sha256, (await portal.AuditAsync("request.packaged")).Single().GetProperty("after").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_package_holds_what_merged_records_of_the_person_hold()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var closed = await portal.AddTwinAsync("+12125552369");
        await portal.ConsentAsync(closed);
        await portal.ReceiveAsync(closed, "From my old phone", portal.Now, from: "+12125552369");
        await portal.SendAsync(closed, portal.Now, body: "Hello old phone");
        await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, closed, "Called back", default);
        await EvidenceTests.MergeAsync(portal, person, closed);
        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);

        var files = Unzip((await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes);
        var data = JsonDocument.Parse(files["data.json"]).RootElement;
        var words = data.GetProperty("texts").EnumerateArray().Select(t => t.GetProperty("words").GetString()).ToList();

        Assert.Equal("+12125552369", data.GetProperty("mergedRecords")[0].GetProperty("number").GetString());
        Assert.Contains("From my old phone", words);
        Assert.Contains("Hello old phone", words);
        Assert.Equal("203.0.113.7", data.GetProperty("consents")[0].GetProperty("events")[0].GetProperty("evidence").GetProperty("ipAddress").GetString());
        Assert.NotEqual("granted", data.GetProperty("consents")[0].GetProperty("status").GetString());
        Assert.Contains(data.GetProperty("lookedAtBy").EnumerateArray(), a => a.GetProperty("reason").GetString() == "Called back");
        Assert.Equal(2, data.GetProperty("numberPeriods").GetArrayLength());
        Assert.Contains("+12125552369", PdfText.Of(files["summary.pdf"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_holds_the_signed_papers_themselves()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var scan = Scans.Pdf("Signed by Ada");
        await portal.Get<RecordConsent>().ExecuteAsync(portal.Staff, person, new GivenConsent(
            portal.Offers.Id, portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.ExpressWritten, new ConsentEvidence(), portal.Now, true, "Signed in the shop", Document: scan), default);
        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);

        var files = Unzip((await portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes);
        var listed = JsonDocument.Parse(files["data.json"]).RootElement.GetProperty("documents")[0];

        Assert.Equal(("card.pdf", scan.Hash), (listed.GetProperty("name").GetString(), listed.GetProperty("sha256").GetString()));
        Assert.Equal(scan.Bytes, files[listed.GetProperty("file").GetString()!]);
    }

    internal static Dictionary<string, byte[]> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
