using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>A package is looked through before it is made, and what is about others is withheld without hiding that it is there.</summary>
public sealed class PackageReviewTests : IAsyncLifetime
{
    private const string Others = "[withheld: rights of others, Cal. Civ. Code § 1798.145(k)]";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;
    private PrivacyRequestId _request;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync("https://texts.example.com");
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_person);
        await _portal.ReceiveAsync(_person, "My neighbour Walter Quast has 3 dogs and wants texts too", _portal.Now);
        _request = await _desk.VerifiedAsync(_person, PrivacyRequestKind.Access);
        await _portal.Get<CommentOnRequest>().ExecuteAsync(_desk.Second, _request, "Our lawyer says that Walter Quast may sue", default);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task No_package_and_no_link_is_made_before_somebody_has_looked_through_it()
    {
        Assert.IsType<PackageNotReviewed>((await MakeAsync()).Failure);
        Assert.IsType<PackageNotReviewed>((await _portal.Get<CopyPackageLink>().ExecuteAsync(_desk.First, _request, default)).Failure);
        await OpenAsync();
        Assert.IsType<PackageNotReviewed>((await MakeAsync()).Failure);
        await _desk.ReviewAsync(_request);

        Assert.True((await MakeAsync()).IsSuccess);
        Assert.True((await _portal.Get<CopyPackageLink>().ExecuteAsync(_desk.First, _request, default)).IsSuccess);
    }

    [Fact]
    public async Task Nothing_is_collected_for_whoever_was_not_verified()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync("+12125552370"), PrivacyRequestKind.Access);

        Assert.IsType<RequestNotReady>((await _portal.Get<OpenPackageReview>().ExecuteAsync(_desk.First, id, default)).Failure);
    }

    [Fact]
    public async Task The_preview_counts_what_the_package_would_hold_and_masks_its_samples()
    {
        await _portal.SendAsync(_person, _portal.Now, body: "Call +1 415 555 0100");

        var preview = await OpenAsync();

        var counts = preview.Sections.ToDictionary(s => s.Section, s => s.Count);
        Assert.Equal((1, 1, 1, 2), (counts[PackageSection.Consents], counts[PackageSection.FromPerson], counts[PackageSection.Comments], counts[PackageSection.Recipients]));
        Assert.Equal("Our lawyer says that Walter Quast may sue", Section(preview, PackageSection.Comments).Texts.Single().Text);
        var samples = string.Join('\n', preview.Sections.SelectMany(s => s.Sample));
        Assert.Contains("+1 212 ••• 2368 Ada Okafor", samples, StringComparison.Ordinal);
        Assert.Contains("I agree that Aurora may text me offers.", samples, StringComparison.Ordinal);
        Assert.DoesNotContain("5552368", samples, StringComparison.Ordinal);
        Assert.DoesNotContain("555 0100", samples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_to_the_review_is_a_look_behind_the_mask_and_what_it_loads_again_is_none()
    {
        await OpenAsync(_desk.Second);
        await _portal.Get<PackageReviewDetail>().GetAsync(_desk.Second, _request, default);

        var look = Assert.Single((await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, _person, null, default)).Entries);
        Assert.Equal((LookKind.PackageReview, true, "Ben Oduya"), (look.Kind, look.IsReveal, look.Who));
    }

    [Fact]
    public async Task Comments_of_staff_are_in_the_package()
    {
        await _desk.ReviewAsync(_request);

        var files = await FilesAsync();

        var comment = Data(files).GetProperty("requests")[0].GetProperty("comments")[0];
        Assert.Equal(("Ben Oduya", "Our lawyer says that Walter Quast may sue"), (comment.GetProperty("by").GetString(), comment.GetProperty("text").GetString()));
        Assert.Contains("Walter Quast", PdfText.Of(files["summary.pdf"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withheld_stands_nowhere_in_the_package_but_as_a_marker_and_a_count()
    {
        var preview = await OpenAsync();
        await WithholdAsync(null, "walter quast", RedactionGround.RightsOfOthers);
        await WithholdAsync(Section(preview, PackageSection.Comments).Texts.Single().Item, null, RedactionGround.LegalAdvice);
        await ConfirmAsync();

        var files = await FilesAsync();

        Assert.All(files, file => Assert.DoesNotContain("Quast", file.Key == "summary.pdf" ? PdfText.Of(file.Value) : Encoding.UTF8.GetString(file.Value), StringComparison.OrdinalIgnoreCase));
        var data = Data(files);
        Assert.Equal($"My neighbour {Others} has 3 dogs and wants texts too", Words(data));
        var comment = data.GetProperty("requests")[0].GetProperty("comments")[0];
        Assert.Equal("[withheld: legal advice, Cal. Civ. Code § 1798.145(b)]", comment.GetProperty("text").GetString());
        Assert.Equal("Ben Oduya", comment.GetProperty("by").GetString());
        Assert.Equal([("rightsOfOthers", 1), ("legalAdvice", 1)], Withheld(data.GetProperty("withheld")));
        Assert.Equal([("rightsOfOthers", 1), ("legalAdvice", 1)], Withheld(JsonDocument.Parse(files["manifest.json"]).RootElement.GetProperty("withheld")));
        Assert.Contains("What was withheld", PdfText.Of(files["summary.pdf"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_a_member_of_staff_is_withheld_wherever_it_stands_and_that_somebody_looked_is_not()
    {
        await _portal.Get<RevealNumber>().ExecuteAsync(_desk.Second, _person, "Called back", default);
        var preview = await OpenAsync();
        await WithholdAsync(Section(preview, PackageSection.Staff).Texts.Single(t => t.Text == "Ben Oduya").Item, null, RedactionGround.RightsOfOthers);
        await WithholdAsync(Section(preview, PackageSection.Staff).Texts.Single(t => t.Text == "Carla Mendes").Item, null, RedactionGround.RightsOfOthers);
        await ConfirmAsync();

        var files = await FilesAsync();
        var data = Data(files);

        var look = data.GetProperty("lookedAtBy")[0];
        Assert.Equal((Others, "Called back", true), (look.GetProperty("who").GetString(), look.GetProperty("reason").GetString(), look.GetProperty("numberShown").GetBoolean()));
        Assert.Equal(Others, data.GetProperty("requests")[0].GetProperty("comments")[0].GetProperty("by").GetString());
        Assert.DoesNotContain("Ben Oduya", data.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mendes", PdfText.Of(files["summary.pdf"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redactions_survive_a_repeated_step_and_their_change_wants_a_new_confirmation()
    {
        await OpenAsync();
        await WithholdAsync(null, "Walter Quast", RedactionGround.RightsOfOthers);
        await ConfirmAsync();
        await MakeAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null((await _portal.Get<CollectPackage>().ExecuteAsync(_desk.First, _request, default)).Failure);
        Assert.IsType<PackageNotReviewed>((await MakeAsync()).Failure);
        await ConfirmAsync();
        Assert.DoesNotContain("Quast", Data(await FilesAsync()).ToString(), StringComparison.Ordinal);

        var redaction = Assert.Single((await OpenAsync()).Redactions);
        Assert.Null((await _portal.Get<ReleaseIntoPackage>().ExecuteAsync(_desk.First, _request, redaction.Id, default)).Failure);
        Assert.IsType<PackageNotReviewed>((await MakeAsync()).Failure);
        await ConfirmAsync();
        Assert.Contains("Walter Quast", Data(await FilesAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_after_the_review_is_left_out_until_it_is_collected_too()
    {
        await _desk.ReviewAsync(_request);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await _portal.ReceiveAsync(_person, "Walter says hello", _portal.Now);
        await _portal.SendAsync(_person, _portal.Now, body: "See you soon");

        var files = await FilesAsync();
        var texts = Data(files).GetProperty("texts").EnumerateArray().Select(t => t.GetProperty("words").GetString()).ToList();
        Assert.Equal(4, texts.Count);
        Assert.Contains("See you soon", texts);
        Assert.Single(texts, t => t!.StartsWith("[written after", StringComparison.Ordinal));
        Assert.Equal(PeoplePortal.Noon, Data(files).GetProperty("asOf").GetDateTimeOffset());
        Assert.Equal(1, JsonDocument.Parse(files["manifest.json"]).RootElement.GetProperty("later").GetInt32());
        Assert.Equal(1, (await OpenAsync()).Later);

        await _portal.Get<CollectPackage>().ExecuteAsync(_desk.First, _request, default);
        await ConfirmAsync();
        Assert.Contains("Walter says hello", Data(await FilesAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_seen_an_older_collection_confirms_nothing()
    {
        var seen = await OpenAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await _portal.Get<CollectPackage>().ExecuteAsync(_desk.Second, _request, default);

        Assert.IsType<CollectedAgain>((await _portal.Get<ConfirmPackageReview>().ExecuteAsync(_desk.First, _request, seen.CollectedAt, default)).Failure);
    }

    [Fact]
    public async Task Only_what_stands_in_the_package_is_withheld_and_only_with_a_reason()
    {
        await OpenAsync();
        var withhold = _portal.Get<WithholdFromPackage>();

        Assert.IsType<NothingToWithhold>((await withhold.ExecuteAsync(_desk.First, _request, new Withholding(null, "Nobody here", RedactionGround.RightsOfOthers, "Names a neighbour"), default)).Failure);
        Assert.IsType<NothingToWithhold>((await withhold.ExecuteAsync(_desk.First, _request, new Withholding("profile/number", null, RedactionGround.RightsOfOthers, "Names a neighbour"), default)).Failure);
        Assert.IsType<ReasonNeeded>((await withhold.ExecuteAsync(_desk.First, _request, new Withholding(null, "Walter", RedactionGround.RightsOfOthers, " "), default)).Failure);
        Assert.IsType<WithholdingUnusable>((await withhold.ExecuteAsync(_desk.First, _request, new Withholding(null, "W", RedactionGround.RightsOfOthers, "Names a neighbour"), default)).Failure);
    }

    [Fact]
    public async Task The_audit_trail_counts_redactions_by_ground_and_holds_no_word_of_them()
    {
        await OpenAsync();
        await WithholdAsync(null, "Walter Quast", RedactionGround.RightsOfOthers);
        await ConfirmAsync();
        await MakeAsync();

        var withheld = Assert.Single(await _portal.AuditAsync("request.wordsWithheld")).GetProperty("after");
        Assert.Equal(("rightsOfOthers", 2), (withheld.GetProperty("ground").GetString(), withheld.GetProperty("places").GetInt32()));
        Assert.Equal(2, Assert.Single(await _portal.AuditAsync("request.packageReviewed")).GetProperty("after").GetProperty("withheldRightsOfOthers").GetInt32());
        Assert.Equal(2, Assert.Single(await _portal.AuditAsync("request.packaged")).GetProperty("after").GetProperty("withheldRightsOfOthers").GetInt32());
        await using var db = _portal.Database.Open();
        Assert.All(await db.AuditEntries.ToListAsync(), e => Assert.DoesNotContain("Quast", Encoding.UTF8.GetString(e.Leaf), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Quast", Encoding.UTF8.GetString((await db.PackageRedactions.SingleAsync()).DetailSealed), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Redactions_go_with_an_erasure()
    {
        await OpenAsync();
        await WithholdAsync(null, "Walter Quast", RedactionGround.RightsOfOthers);

        Assert.Null((await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, _request, "Wants to be deleted instead", default)).Failure);
        Assert.Null((await _desk.EraseAsync(await _desk.ApprovedErasureAsync(_person))).Failure);

        await using var db = _portal.Database.Open();
        Assert.Empty(await db.PackageRedactions.ToListAsync());
        Assert.Empty(await db.PackageReviews.ToListAsync());
    }

    [Fact]
    public async Task A_copy_that_the_person_takes_themselves_goes_round_no_redaction_and_tells_that_there_are_comments()
    {
        await OpenAsync();
        await WithholdAsync(null, "Walter Quast", RedactionGround.RightsOfOthers);

        var json = (await _portal.Get<DownloadOwnData>().ExecuteAsync(Actor.Subscriber(_person.ToString(), null), _person, isNumberProven: true, default)).Value;

        var data = JsonDocument.Parse(json).RootElement;
        Assert.Equal($"My neighbour {Others} has 3 dogs and wants texts too", Words(data));
        Assert.StartsWith("[a comment of staff", data.GetProperty("requests")[0].GetProperty("comments")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static PreviewSection Section(PackagePreview preview, PackageSection section) => preview.Sections.Single(s => s.Section == section);

    private static JsonElement Data(Dictionary<string, byte[]> files) => JsonDocument.Parse(files["data.json"]).RootElement;

    private static string? Words(JsonElement data) => data.GetProperty("texts").EnumerateArray().Single(t => t.GetProperty("direction").GetString() == "fromPerson").GetProperty("words").GetString();

    private static IEnumerable<(string?, int)> Withheld(JsonElement list) => list.EnumerateArray().Select(w => (w.GetProperty("ground").GetString(), w.GetProperty("places").GetInt32()));

    private async Task<PackagePreview> OpenAsync(Actor? by = null) => (await _portal.Get<OpenPackageReview>().ExecuteAsync(by ?? _desk.First, _request, default)).Value;

    private async Task WithholdAsync(string? item, string? words, RedactionGround ground) =>
        Assert.Null((await _portal.Get<WithholdFromPackage>().ExecuteAsync(_desk.First, _request, new Withholding(item, words, ground, "Names a neighbour"), default)).Failure);

    private async Task ConfirmAsync()
    {
        var preview = (await _portal.Get<PackageReviewDetail>().GetAsync(_desk.First, _request, default)).Value;
        Assert.Null((await _portal.Get<ConfirmPackageReview>().ExecuteAsync(_desk.First, _request, preview.CollectedAt, default)).Failure);
    }

    private Task<Domain.Result<Application.Reports.ReportFile>> MakeAsync() => _portal.Get<MakeAccessPackage>().ExecuteAsync(_desk.First, _request, default);

    private async Task<Dictionary<string, byte[]>> FilesAsync() => AccessPackageTests.Unzip((await MakeAsync()).Value.Bytes);
}
