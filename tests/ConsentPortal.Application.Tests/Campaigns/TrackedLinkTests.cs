using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Links of a campaign that counts clicks lead over the portal: each person's own, to what was written, counted once.</summary>
public sealed partial class TrackedLinkTests : IAsyncLifetime
{
    private const string Address = "https://t.example";
    private const string Text = "Aurora: see https://shop.example/sale and shop.example/map. {{ stopLine }}";

    private static readonly Actor Reader = Actor.Subscriber("short-link", null);
    private static readonly LinkVisit Phone = new("GET", "Mozilla/5.0 (iPhone)", null);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync(Address);
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Each_person_has_links_of_their_own_that_lead_to_what_was_written_and_are_as_long_as_the_dry_run_measured()
    {
        await _desk.PeopleAsync(2);
        var (id, texts) = await SendAsync();

        var links = texts.Values.SelectMany(Links).ToList();
        Assert.Equal((4, 4), (links.Count, links.Distinct().Count()));
        Assert.All(texts.Values, text => Assert.DoesNotContain("shop.example", text, StringComparison.Ordinal));
        Assert.Equal(["https://shop.example/sale", "https://shop.example/map"], (await Task.WhenAll(Links(texts.Values.First()).Select(l => OpenAsync(l)))).Select(u => u?.AbsoluteUri));
        var measured = (await _desk.ViewAsync(id)).DryRun!.Detail.Parts;
        Assert.Equal(texts.Values.GroupBy(t => SmsMeasure.Of(t).Parts).ToDictionary(g => g.Key, g => g.Count()), measured.ToDictionary());
    }

    [Fact]
    public async Task A_text_is_measured_and_shown_with_the_short_links_before_it_is_anybodys()
    {
        var shown = (await _portal.Get<CampaignPreview>().GetAsync(
            _desk.Author, new PreviewQuestion(_portal.Offers.Id, null, Text, null, _portal.Now, true) { CountsClicks = true }, default)).Value;

        Assert.Equal(2, Links(shown.Text).Count);
        Assert.Null(await OpenAsync(Links(shown.Text)[0]));
    }

    [Fact]
    public async Task A_person_is_counted_once_for_each_link_and_once_for_the_campaign()
    {
        await _desk.PeopleAsync(2);
        var (id, texts) = await SendAsync();
        var (reader, text) = texts.First();

        foreach (var link in Links(text).Concat(Links(text)))
            await OpenAsync(link);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(Links(text)[0])));

        Assert.Equal([1, 2], (await ClicksAsync()).Select(f => f.Link));
        Assert.All(await ClicksAsync(), fact => Assert.Equal((reader, FactKind.Click, id), (fact.SubscriberId, fact.Kind, fact.CampaignId)));
        Assert.Equal(1, (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Clicked);
    }

    [Fact]
    public async Task Clicks_are_told_by_text()
    {
        await _desk.PeopleAsync(12);
        var (id, texts) = await SendAsync(_desk.Draft(Text) with { CountsClicks = true, OtherTexts = [new TextEdit("Aurora: only shop.example/b now. {{ stopLine }}")] });
        var second = texts.Values.First(t => t.Contains("only", StringComparison.Ordinal));

        Assert.Equal("https://shop.example/b", (await OpenAsync(Assert.Single(Links(second))))?.AbsoluteUri);

        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value;
        Assert.Equal([('A', 0), ('B', 1)], figures.Variants.Select(v => (v.Variant, v.Clicked)));
    }

    [Fact]
    public async Task Whoever_looks_before_anybody_can_read_is_led_on_and_not_counted()
    {
        await _desk.PeopleAsync(1);
        var (_, texts) = await SendAsync();
        var link = Links(texts.Values.Single())[0];

        Assert.NotNull(await OpenAsync(link, Phone, TimeSpan.FromSeconds(1)));
        Assert.NotNull(await OpenAsync(link, Phone with { Method = "HEAD" }));
        Assert.NotNull(await OpenAsync(link, Phone with { UserAgent = "Googlebot/2.1" }));

        Assert.Empty(await ClicksAsync());
    }

    [Fact]
    public async Task Whose_data_is_frozen_or_gone_is_led_on_and_not_counted()
    {
        await _desk.PeopleAsync(2);
        var (_, texts) = await SendAsync();
        var (frozen, gone) = (texts.Keys.First(), texts.Keys.Last());
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == frozen).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
        await _portal.EraseAsync(gone);

        Assert.All(await Task.WhenAll(texts.Values.Select(t => OpenAsync(Links(t)[0]))), Assert.NotNull);

        Assert.Empty(await ClicksAsync());
    }

    [Fact]
    public async Task A_click_is_in_the_persons_access_package_and_goes_with_an_erasure()
    {
        await _desk.PeopleAsync(2);
        var (_, texts) = await SendAsync();
        var (reader, other) = (texts.Keys.First(), texts.Keys.Last());
        await OpenAsync(Links(texts[reader])[0]);
        await OpenAsync(Links(texts[other])[1]);
        var requests = await RequestDesk.OpenAsync(_portal);

        var access = await requests.ReviewedAsync(reader, PrivacyRequestKind.Access);
        var package = (await _portal.Get<MakeAccessPackage>().ExecuteAsync(requests.First, access, default)).Value;
        var click = Assert.Single((await DataAsync(package.Bytes)).GetProperty("behaviour").EnumerateArray());
        Assert.Equal(("click", "https://shop.example/sale", PeoplePortal.Noon.AddMinutes(5)), (click.GetProperty("kind").GetString(), click.GetProperty("reference").GetString(), click.GetProperty("at").GetDateTimeOffset()));

        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(requests.First, access, "Sent by mail", default)).Failure);
        await requests.ReplyAsync(access);
        Assert.Null((await requests.EraseAsync(await requests.ApprovedErasureAsync(reader))).Failure);
        Assert.NotNull(await OpenAsync(Links(texts[reader])[1]));
        Assert.Equal([other], (await ClicksAsync()).Select(f => f.SubscriberId));
    }

    [Fact]
    public async Task A_changed_address_leads_nowhere()
    {
        await _desk.PeopleAsync(1);
        var (_, texts) = await SendAsync();
        var token = Links(texts.Values.Single())[0];

        for (var i = 0; i < token.Length; i++)
            Assert.Null(await OpenAsync(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]));
        Assert.Null(await OpenAsync("none"));
        Assert.Null(await OpenAsync(_portal.Get<LinkTokens>().Write(new LinkOfText(1, 9))));
    }

    [Fact]
    public async Task Without_an_address_of_the_portal_the_switch_is_off_and_says_why()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await CampaignDesk.OpenAsync(portal);

        var saved = await portal.Get<SaveCampaign>().ExecuteAsync(desk.Author, desk.Draft(Text) with { CountsClicks = true }, default);

        Assert.Contains("PublicPages:Address", Assert.IsType<NoPublicAddress>(saved.Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_count_clicks_after_all_takes_the_approval_back()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.ApprovedAsync(_desk.Draft(Text));
        var view = await _desk.ViewAsync(id);

        await _desk.SaveAsync(_desk.Draft(Text) with { Id = id, Version = view.Version, StartAt = view.StartAt, CountsClicks = true });

        var changed = await _desk.ViewAsync(id);
        Assert.Equal(CampaignStatus.Draft, changed.Status);
        Assert.Contains(changed.SinceApproval!, c => c is { Field: "Clicks", After: "counted" });
    }

    private async Task<(CampaignId Id, IReadOnlyDictionary<SubscriberId, string> Texts)> SendAsync(CampaignEdit? edit = null)
    {
        var id = await _desk.LaunchedAsync(edit ?? _desk.Draft(Text) with { CountsClicks = true });
        await _desk.Planner(50).PlanOnceAsync(default);
        await _desk.Planner(50).PlanOnceAsync(default);
        var gate = _portal.Get<SendingGate>();
        var decisions = new DispatchDecisions(
            _portal.Database, _portal.Get<SendFactsReader>(), _portal.Get<SubjectKeys>(), gate, _portal.Get<PublicAddress>(), _portal.Get<ShortLinks>(), Options.Create(new DispatchOptions()), _portal.Clock);
        var allowed = (await decisions.CommitAsync([.. (await _desk.TextsAsync(id)).Select(t => t.Id)], default)).Allowed;
        foreach (var text in allowed)
            gate.Leave(text.SubscriberId);
        return (id, allowed.ToDictionary(t => t.SubscriberId, t => t.Outgoing.Body));
    }

    private Task<Uri?> OpenAsync(string token, LinkVisit? visit = null, TimeSpan? later = null)
    {
        _portal.Clock.SetUtcNow(PeoplePortal.Noon + (later ?? TimeSpan.FromMinutes(5)));
        return _portal.Get<OpenTrackedLink>().ExecuteAsync(Reader, token, visit ?? Phone, default);
    }

    private static async Task<JsonElement> DataAsync(byte[] package)
    {
        await using var zip = new ZipArchive(new MemoryStream(package));
        await using var data = await zip.GetEntry("data.json")!.OpenAsync();
        return (await JsonDocument.ParseAsync(data)).RootElement;
    }

    private async Task<IReadOnlyList<SubscriberFact>> ClicksAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.SubscriberFacts.AsNoTracking().OrderBy(f => f.Link).ToListAsync();
    }

    private static List<string> Links(string text) => [.. Short().Matches(text).Select(m => m.Groups["token"].Value)];

    [GeneratedRegex(@"https://t\.example/l/(?<token>[\w-]{16})(?=[ .])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Short();
}
