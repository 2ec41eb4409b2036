using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Audit;

/// <summary>Two hundred entries, many of them of the same instant, under every kind of filter.</summary>
public sealed class AuditSearchTests : IAsyncLifetime
{
    private static readonly string[] Deeds = ["consent.granted", "consent.withdrawn", "consents.odd", "request.denied", "request.opened", "staff.signInFailed", "staff.signedIn", "texts.decided"];
    private static readonly string?[] Reasons = [null, "Changed her mind, case 12", "Case 13", "A number that changed"];
    private static readonly string[] Kinds = ["subscriber", "request", "staff"];
    private static readonly SubscriberId[] People = [SubscriberId.From(new Guid(1, 0, 0, new byte[8])), SubscriberId.From(new Guid(2, 0, 0, new byte[8]))];

    private PeoplePortal _portal = null!;
    private List<AuditEntry> _all = null!;

    private AuditEntries Entries => _portal.Get<AuditEntries>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        var random = new Random(11);
        await _portal.Database.WriteAsync(db => db.InsertAsync(Enumerable.Range(0, 200).Select(_ => Entry(random)).ToList(), default), default);
        await using var all = _portal.Database.Open();
        _all = await all.AuditEntries.AsNoTracking().ToListAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    public static TheoryData<string, AuditQuery> Filters => new()
    {
        { "nothing", new AuditQuery() },
        { "an actor", new AuditQuery(ActorId: "job-1") },
        { "a group, and not another one that begins alike", new AuditQuery(Group: "consent") },
        { "one action", new AuditQuery(Action: "request.denied") },
        { "what was refused or failed", new AuditQuery(Outcome: AuditOutcome.NotDone) },
        { "a kind", new AuditQuery(ObjectKind: "request") },
        { "an object", new AuditQuery(ObjectKind: "staff", ObjectId: "3") },
        { "an id of whatever kind", new AuditQuery(ObjectId: "3") },
        { "a person", new AuditQuery(Subject: People[1]) },
        { "a person and what was refused", new AuditQuery(Subject: People[1], Outcome: AuditOutcome.NotDone) },
        { "a person and what was done", new AuditQuery(Subject: People[1], Outcome: AuditOutcome.Done) },
        { "a request", new AuditQuery(RequestId: "visit-2") },
        { "all but texts of the send ledger", new AuditQuery(LeavesOutTexts: true) },
        { "all but texts of an actor, of a kind", new AuditQuery(ActorId: "job-1", ObjectKind: "request", LeavesOutTexts: true) },
        { "all but texts of a person", new AuditQuery(Subject: People[1], LeavesOutTexts: true) },
        { "some days", new AuditQuery(From: PeoplePortal.Noon.AddDays(1), To: PeoplePortal.Noon.AddDays(3)) },
        { "everything at once", new AuditQuery("staff", "job-1", "staff", "3", People[0], null, PeoplePortal.Noon, PeoplePortal.Noon.AddDays(4), null, AuditOutcome.Done) },
        { "an actor, a group and some days", new AuditQuery(Group: "request", ActorId: "job-0", From: PeoplePortal.Noon.AddDays(1), To: PeoplePortal.Noon.AddDays(3)) },
        { "words of a reason", new AuditQuery(Words: "mind Changed") },
        { "words that stand in no reason", new AuditQuery(Words: "changed nothing") },
        { "words of a reason, a group and some days", new AuditQuery(Group: "consent", From: PeoplePortal.Noon.AddDays(1), To: PeoplePortal.Noon.AddDays(3), Words: "case") },
        { "an id, a group and an actor", new AuditQuery(Group: "staff", ActorId: "job-0", ObjectId: "3") },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Pages_down_and_up_hold_exactly_what_matches_newest_first(string what, AuditQuery query)
    {
        var expected = _all.Where(e => Matches(e, query)).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => e.Id).ToList();
        var (down, up) = (new List<long>(), new List<long>());
        for (AuditPosition? at = AuditPosition.Newest; at is not null;)
        {
            var page = await Entries.PageAsync(_portal.Staff, query, at, default);
            down.AddRange(page.Rows.Select(r => r.Id));
            at = page.Older is { } older ? AuditPosition.OlderThan(older) : null;
        }

        for (AuditPosition? at = AuditPosition.Oldest; at is not null;)
        {
            var page = await Entries.PageAsync(_portal.Staff, query, at, default);
            up.InsertRange(0, page.Rows.Select(r => r.Id));
            at = page.Newer is { } newer ? AuditPosition.NewerThan(newer) : null;
        }

        Assert.True(expected.SequenceEqual(down), what);
        Assert.True(expected.SequenceEqual(up), what);
    }

    [Fact]
    public async Task Words_are_looked_for_in_some_thousand_entries_at_a_time_and_the_page_says_how_far_it_came()
    {
        var actor = new Actor(ActorKind.Job, "job-9", "Job", new HashSet<string>(), null, null);
        await _portal.Database.WriteAsync(
            db => db.InsertAsync(
                Enumerable.Range(0, AuditEntries.LookedAtForWords + 600).Select(i => AuditTrail.Entry(actor, PeoplePortal.Noon.AddDays(9).AddSeconds(-i), new AuditFact("deed.done", "deed", "1", Reason: i == AuditEntries.LookedAtForWords + 550 ? "The needle" : "Hay"))).ToList(), default),
            default);
        var query = new AuditQuery(Group: "deed", Words: "needle");

        var first = await Entries.PageAsync(_portal.Staff, query, AuditPosition.Newest, default);
        var second = await Entries.PageAsync(_portal.Staff, query, AuditPosition.OlderThan(first.Look!.To), default);
        var back = await Entries.PageAsync(_portal.Staff, query, AuditPosition.NewerThan(second.Newer!.Value), default);

        Assert.Empty(first.Rows);
        Assert.Equal((AuditEntries.LookedAtForWords, first.Older), (first.Look.Entries, first.Look.To));
        Assert.Equal(PeoplePortal.Noon.AddDays(9).AddSeconds(1 - AuditEntries.LookedAtForWords), first.Look.To.At);
        Assert.Equal("The needle", Assert.Single(second.Rows).Reason);
        Assert.Null(second.Look);
        Assert.Empty(back.Rows);
        var hurried = await new AuditEntries(_portal.Database, _portal.Get<LookupHash>(), new SlowMachine()).PageAsync(_portal.Staff, query, AuditPosition.Newest, default);
        Assert.Equal((250, PeoplePortal.Noon.AddDays(9).AddSeconds(-249)), (hurried.Look!.Entries, hurried.Look.To.At));
    }

    /// <summary>On which a second passes between any two looks at the clock.</summary>
    private sealed class SlowMachine : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => ++_looks * TimestampFrequency;
    }

    [Fact]
    public void A_place_survives_an_address_and_nonsense_is_none()
    {
        var place = new AuditPlace(PeoplePortal.Noon.AddTicks(7), 42);
        Assert.Equal(place, AuditPlace.Read(place.ToString()));
        Assert.All(["", "1", "1-", "-1-2", "9999999999999999999-1", "1-2-3"], text => Assert.Null(AuditPlace.Read(text)));
    }

    private static bool Matches(AuditEntry entry, AuditQuery query) =>
        (query.Group is null || entry.Action.StartsWith(query.Group + ".", StringComparison.Ordinal))
        && (query.Action is null || entry.Action == query.Action)
        && (query.Outcome is null || AuditOutcomes.Of(entry.Action) == query.Outcome)
        && (query.ActorId is null || entry.ActorId == query.ActorId)
        && (query.ObjectKind is null || entry.ObjectKind == query.ObjectKind)
        && (query.ObjectId is null || entry.ObjectId == query.ObjectId)
        && (query.Subject is null || entry.SubscriberId == query.Subject)
        && (query.RequestId is null || entry.RequestId == query.RequestId)
        && (query.Words is null || (entry.Reason() is { } reason && query.Words.Split(' ').All(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase))))
        && !(query.LeavesOutTexts && entry.Action.StartsWith("texts.", StringComparison.Ordinal))
        && (query.From is null || entry.At >= query.From)
        && (query.To is null || entry.At < query.To);

    private static AuditEntry Entry(Random random)
    {
        var actor = new Actor(ActorKind.Job, $"job-{random.Next(2)}", "Job", new HashSet<string>(), null, new ActorOrigin($"visit-{random.Next(4)}", null));
        var fact = new AuditFact(Deeds[random.Next(Deeds.Length)], Kinds[random.Next(Kinds.Length)], random.Next(5).ToString(System.Globalization.CultureInfo.InvariantCulture), random.Next(3) is var i && i < 2 ? People[i] : null, Reasons[random.Next(Reasons.Length)]);
        return AuditTrail.Entry(actor, PeoplePortal.Noon.AddDays(random.Next(5)), fact);
    }
}

internal static class AuditEntryReason
{
    /// <summary>As the leaf has it, read without the portal's own code.</summary>
    public static string? Reason(this AuditEntry entry)
    {
        using var leaf = System.Text.Json.JsonDocument.Parse(entry.Leaf);
        return leaf.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
    }
}
