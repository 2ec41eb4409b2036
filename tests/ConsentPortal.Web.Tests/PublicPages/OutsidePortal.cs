using System.Text.Json;
using System.Text.RegularExpressions;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using LineType = ConsentPortal.Domain.Subscribers.LineType;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>A started portal as people outside meet it, with what a test needs to look behind its pages.</summary>
public sealed partial class OutsidePortal : IAsyncLifetime
{
    public const string Offers = "/join/offers";

    private static readonly Actor Everybody = Actor.Job("test");

    private int _numbers;
    private int _addresses;
    private int _texts;

    internal StartedPortal Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await StartedPortal.StartAsync("Development", null, "--PublicPages:ShortestFill", "00:00:00");

    public async Task DisposeAsync() => await Portal.DisposeAsync();

    /// <summary>A number that nobody has used in this portal.</summary>
    internal string NewNumber() => $"+1212736{Interlocked.Increment(ref _numbers):D4}";

    /// <summary>A browser at an address of its own, so that no test uses up another one's limit.</summary>
    internal Browser OpenBrowser(params IEnumerable<(string Name, string Value)> headers) =>
        Portal.OpenBrowser([("X-Forwarded-For", $"203.0.113.{Interlocked.Increment(ref _addresses)}"), ("User-Agent", "Test browser"), .. headers]);

    internal Task<Answer> JoinAsync(Browser browser, string number, string path = Offers, params (string Name, string Value)[] more) =>
        browser.SubmitAsync(path, "join", [("Input.Country", "US"), ("Input.Phone", number), ("Input.Agrees", "true"), .. more]);

    internal async Task<Purpose> PurposeAsync(string name)
    {
        await using var db = Portal.Open();
        return await db.Purposes.SingleAsync(p => p.Name == name);
    }

    internal async Task<Subscriber?> FindAsync(string number)
    {
        var hash = Portal.Get<LookupHash>().Phone(number);
        await using var db = Portal.Open();
        return await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.PhoneHash == hash && s.ErasedAt == null);
    }

    internal string NumberOf(Subscriber person) => Portal.Get<SubscriberVault>().Open(person)!.Phone.E164;

    internal async Task<Subscriber> AddPersonAsync(string? number = null, string? language = null)
    {
        var e164 = number ?? NewNumber();
        await Portal.Get<AddSubscriber>().ExecuteAsync(
            Everybody, new NewSubscriber(new PhoneNumber(e164, "US") { LineType = LineType.Mobile }, LineType.Mobile, new SubscriberProfile("Ada", null, null), "Store", language), default);
        return (await FindAsync(e164))!;
    }

    internal async Task ConsentAsync(Subscriber person, string purpose = "Offers")
    {
        var about = await PurposeAsync(purpose);
        await using var db = Portal.Open();
        var wording = await db.Wordings.SingleAsync(w => w.PurposeId == about.Id && w.Language == "en");
        var outcome = await Portal.Get<RecordConsent>().ExecuteAsync(
            Everybody, person.Id,
            new GivenConsent(about.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(), TimeProvider.System.GetUtcNow(), true, "Ticked on a tablet", DoubleOptInBy: DoubleOptIn.Sms), default);
        Assert.True(outcome.IsSuccess);
    }

    internal Task TextAsync(string number, string text) => Portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("test"), new InboundText($"in-{Interlocked.Increment(ref _texts)}", number, "+12025550147", text, TimeProvider.System.GetUtcNow(), null), default);

    internal async Task<ConsentStatus> StatusAsync(SubscriberId id, string purpose = "Offers")
    {
        var about = await PurposeAsync(purpose);
        await using var db = Portal.Open();
        return (await db.ConsentRecords.AsNoTracking().FirstOrDefaultAsync(r => r.SubscriberId == id && r.PurposeId == about.Id))?.Status ?? ConsentStatus.None;
    }

    internal async Task<int> TextsAsync(SubscriberId id, MessageKind kind)
    {
        await using var db = Portal.Open();
        return await db.OutboundMessages.CountAsync(m => m.SubscriberId == id && m.Kind == kind);
    }

    internal async Task<string> CodeAsync(Subscriber person)
    {
        await using var db = Portal.Open();
        var sealedBody = await db.OutboundMessages.Where(m => m.SubscriberId == person.Id && m.Kind == MessageKind.OneTimeCode).OrderByDescending(m => m.Id).Select(m => m.BodySealed!).FirstAsync();
        using var key = Portal.Get<SubjectKeys>().Unwrap(person.WrappedKey!, person.Id);
        return SixDigits().Match(key.Open(sealedBody, SealedField.MessageBody)).Value;
    }

    internal ConsentEvidence EvidenceOf(Subscriber person, ConsentEvent e)
    {
        using var key = Portal.Get<SubjectKeys>().Unwrap(person.WrappedKey!, person.Id);
        return JsonSerializer.Deserialize<ConsentEvidence>(key.Open(e.EvidenceSealed!, SealedField.Evidence))!;
    }

    internal async Task<IReadOnlyList<(string Action, string Leaf)>> AuditAsync(SubscriberId id)
    {
        await using var db = Portal.Open();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId == id).OrderBy(e => e.Id).ToListAsync();
        return [.. entries.Select(e => (e.Action, System.Text.Encoding.UTF8.GetString(e.Leaf)))];
    }

    internal string LinkTo(Subscriber person, TimeSpan? ago = null)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - (ago ?? TimeSpan.Zero));
        return Paths.PreferencesOf(new PreferenceLinks(Portal.Get<KeyRing>(), clock).LinkFor(person.CurrentPeriodId));
    }

    /// <summary>Everything that a change would touch.</summary>
    internal async Task<(int Events, int Texts, int People, int Stops, int Audit, int Codes)> FootprintAsync(SubscriberId? id = null)
    {
        await using var db = Portal.Open();
        return (await db.ConsentEvents.CountAsync(e => id == null || e.SubscriberId == id), await db.OutboundMessages.CountAsync(m => id == null || m.SubscriberId == id), await db.Subscribers.CountAsync(),
            await db.Suppressions.CountAsync(), await db.AuditEntries.CountAsync(e => id == null || e.SubscriberId == id), await db.OneTimeCodes.CountAsync());
    }

    /// <summary>A page without the number that was typed and without the tokens, which are others each time.</summary>
    internal static string Comparable(string html, string number) => Tokens().Replace(
        html.Replace(number, "", StringComparison.Ordinal).Replace(number.Replace("+", "&#x2B;", StringComparison.Ordinal), "", StringComparison.Ordinal), "");

    [GeneratedRegex("""name="__RequestVerificationToken" value="[^"]+"|<!--Blazor-Server-Component-State:[^>]+-->""", RegexOptions.None, 1000)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b\d{6}\b", RegexOptions.None, 1000)]
    private static partial Regex SixDigits();
}
