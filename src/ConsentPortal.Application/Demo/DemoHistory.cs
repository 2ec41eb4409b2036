using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Demo;

/// <summary>How one invented person came to their consents: asked, confirmed by text, renewed, withdrawn, run out.</summary>
internal static class DemoHistory
{
    private enum Course
    {
        Never,
        Granted,
        Pending,
        Withdrawn,
        Expired,
    }

    /// <summary>Hours, of which <see cref="OfTwoYears"/> are drawn.</summary>
    private const int Fresh = 40;
    private const int OfTwoYears = 640;

    /// <summary>How long a prompt can be answered.</summary>
    private static readonly TimeSpan Prompt = PolicyVersion.Default.DoubleOptInLifetime;

    public static IEnumerable<(Purpose Purpose, List<ConsentEvent> Events)> Of(Subscriber subscriber, DemoShop shop, SubjectKey key, Random random, DateTimeOffset now)
    {
        foreach (var (purpose, share) in new[] { (shop.Offers, 86), (shop.Events, 30), (shop.Appointments, 22), (shop.Orders, 40) })
        {
            if (random.Next(100) >= share)
                continue;
            var events = Events(subscriber, purpose, CourseOf(purpose.Purpose, random), key, random, now).ToList();
            if (events.Count > 0)
                yield return (purpose.Purpose, events);
        }
    }

    private static Course CourseOf(Purpose purpose, Random random) => (purpose.MessageClass, random.Next(100)) switch
    {
        (MessageClass.Transactional, _) => Course.Granted,
        (_, < 72) => Course.Granted,
        (_, < 79) => Course.Pending,
        (_, < 94) => Course.Withdrawn,
        (_, < 98) => Course.Expired,
        _ => Course.Never,
    };

    private static IEnumerable<ConsentEvent> Events(Subscriber subscriber, DemoPurpose demo, Course course, SubjectKey key, Random random, DateTimeOffset now)
    {
        if (course == Course.Never)
            yield break;
        var wording = demo.In(subscriber.Language ?? "en");
        var luck = random.Next(1, course == Course.Pending ? OfTwoYears : 240);
        // Who may still confirm was asked within the life of a prompt; over two years most of those who never said YES have let it lapse.
        var isFresh = course == Course.Pending && luck < Fresh;
        var asked = isFresh ? now - TimeSpan.FromHours(luck) : subscriber.CreatedAt + TimeSpan.FromMinutes(luck);
        var level = subscriber.Region is "US" or "CA" ? ConsentLevel.ExpressWritten : ConsentLevel.Express;
        var channel = subscriber.Source switch { "Keyword" => ConsentChannel.Keyword, "Store" => ConsentChannel.Paper, "Import" => ConsentChannel.Import, _ => ConsentChannel.WebForm };
        var needsConfirmation = demo.Purpose.NeedsDoubleOptIn || subscriber.Region == "DE";
        yield return New(needsConfirmation ? ConsentEventKind.Requested : ConsentEventKind.Granted, channel, asked, level, expires: needsConfirmation && course == Course.Pending ? asked + Prompt : null);
        if (needsConfirmation && course == Course.Pending && !isFresh)
            yield return New(ConsentEventKind.Expired, ConsentChannel.Portal, asked + Prompt, ConsentLevel.None);
        if (course == Course.Pending)
            yield break;
        var granted = asked + TimeSpan.FromSeconds(random.Next(30, 7_000));
        if (needsConfirmation)
            yield return New(ConsentEventKind.Confirmed, ConsentChannel.Keyword, granted, level, DoubleOptIn.Sms);
        var rest = now - granted;
        if (course == Course.Withdrawn)
            yield return New(ConsentEventKind.Withdrawn, ConsentChannel.Keyword, granted + rest * (0.2 + 0.7 * random.NextDouble()), ConsentLevel.None);
        else if (course == Course.Expired)
            yield return New(ConsentEventKind.Expired, ConsentChannel.Portal, granted + rest * (0.5 + 0.4 * random.NextDouble()), ConsentLevel.None);

        ConsentEvent New(ConsentEventKind kind, ConsentChannel by, DateTimeOffset at, ConsentLevel of, DoubleOptIn doubleOptIn = DoubleOptIn.None, DateTimeOffset? expires = null) => new()
        {
            SubscriberId = subscriber.Id, PurposeId = demo.Purpose.Id, NumberPeriodId = subscriber.CurrentPeriodId, Kind = kind, Basis = demo.Purpose.Basis, Level = of,
            Channel = by, DoubleOptInBy = doubleOptIn, IsActOfPerson = kind is not ConsentEventKind.Expired, WordingId = of == ConsentLevel.None ? null : wording.Id,
            At = at, RecordedAt = at, ExpiresAt = expires, ActorKind = ActorKind.Job, ActorId = "demo", Reason = "Demo data",
            EvidenceSealed = of == ConsentLevel.None ? null : key.SealJson(Evidence(by), SealedField.Evidence),
        };
    }

    private static ConsentEvidence Evidence(ConsentChannel channel) => channel switch
    {
        ConsentChannel.WebForm => new ConsentEvidence(FormUrl: "https://aurora.example/texts"),
        ConsentChannel.Keyword => new ConsentEvidence(Words: "YES"),
        ConsentChannel.Paper => new ConsentEvidence(AskedBy: "Store staff, card on file"),
        _ => new ConsentEvidence(AskedBy: "Earlier system, proof on file"),
    };
}
