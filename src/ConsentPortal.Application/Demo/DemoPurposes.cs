using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <param name="Wordings">By language: en, es, fr, de.</param>
public sealed record DemoPurpose(Purpose Purpose, IReadOnlyDictionary<string, Wording> Wordings)
{
    public Wording In(string language) => Wordings.TryGetValue(language, out var wording) ? wording : Wordings["en"];
}

public sealed record DemoShop(DemoPurpose Offers, DemoPurpose Events, DemoPurpose Appointments, DemoPurpose Orders)
{
    public IReadOnlyList<DemoPurpose> All => [Offers, Events, Appointments, Orders];
}

/// <summary>What people of the demo business can agree to, with the words that they were shown.</summary>
public sealed class DemoPurposes(PortalDatabase database)
{
    public const string Sender = "+12025550147";

    private const string Brand = "Aurora Outfitters";
    private const string Offers = "Offers";
    private const string Events = "Store events";
    private const string Appointments = "Appointment reminders";
    private const string Orders = "Order updates";

    private static readonly TimeSpan Age = TimeSpan.FromDays(800);

    /// <summary>The shop as it is there, or else as it is added now.</summary>
    internal async Task<DemoShop> EnsureAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var there = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Name, cancellationToken);
        if (there.Count == 0)
            return await AddAsync(now, cancellationToken);
        var wordings = (await db.Wordings.AsNoTracking().Where(w => w.Version == 1).ToListAsync(cancellationToken)).ToLookup(w => w.PurposeId);
        return new DemoShop(Found(Offers), Found(Events), Found(Appointments), Found(Orders));

        DemoPurpose Found(string name) => new(there[name], wordings[there[name].Id].ToDictionary(w => w.Language));
    }

    public async Task<DemoShop> AddAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Age;
        var shop = new DemoShop(
            Make(Offers, MessageClass.Marketing, LegalBasis.Consent, 4, "JOIN", since),
            Make(Events, MessageClass.Marketing, LegalBasis.Consent, 2, "EVENTS", since),
            Make(Appointments, MessageClass.Informational, LegalBasis.Consent, 8, null, since),
            Make(Orders, MessageClass.Transactional, LegalBasis.Contract, null, null, since));
        await database.WriteAsync(
            db =>
            {
                foreach (var (purpose, wordings) in shop.All)
                {
                    db.Purposes.Add(purpose);
                    db.Wordings.AddRange(wordings.Values);
                    db.Audit(Actor.Job("demo"), now, new AuditFact("purpose.added", "purpose", purpose.Id.ToString(), After: new Dictionary<string, object?> { ["name"] = purpose.Name }));
                    foreach (var wording in wordings.Values)
                        db.Audit(Actor.Job("demo"), now, new AuditFact("wording.added", "wording", wording.Id.ToString(), After: new Dictionary<string, object?> { ["language"] = wording.Language, ["hash"] = wording.Hash }));
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return shop;
    }

    private static DemoPurpose Make(string name, MessageClass messageClass, LegalBasis basis, int? promised, string? keyword, DateTimeOffset since)
    {
        var purpose = new Purpose
        {
            Id = PurposeId.New(since), Name = name, Brand = Brand, MessageClass = messageClass, Basis = basis, Sender = Sender, SenderCanReceive = true,
            PromisedPerMonth = promised, NeedsDoubleOptIn = messageClass == MessageClass.Marketing, JoinKeyword = keyword, CreatedAt = since,
        };
        return new DemoPurpose(purpose, DemoWords.All.ToDictionary(w => w.Language, w => Wording(purpose, w, since)));
    }

    private static Wording Wording(Purpose purpose, DemoWords words, DateTimeOffset since)
    {
        var topic = words.Topic(purpose.Name);
        var frequency = words.Frequency(purpose.PromisedPerMonth);
        var text = words.Fill(words.Disclosure, Brand, topic, frequency);
        var prompt = words.Fill(words.Prompt, Brand, topic, frequency);
        var confirmation = words.Fill(words.Confirmation, Brand, topic, frequency);
        var help = words.Fill(words.Help, Brand, topic, frequency);
        var stop = words.Fill(words.Stop, Brand, topic, frequency);
        const string privacy = "2024-09";
        return new Wording
        {
            Id = WordingId.New(since), PurposeId = purpose.Id, Language = words.Language, Version = 1, Text = text, DoubleOptInPrompt = prompt,
            Confirmation = confirmation, HelpReply = help, StopReply = stop, PromisedFrequency = frequency, PrivacyPolicyVersion = privacy,
            ShownAt = "https://aurora.example/texts", ActiveFrom = since, FirstUsedAt = since,
            Hash = Domain.Consent.Wording.HashOf(text, prompt, confirmation, help, stop, frequency, privacy),
        };
    }
}
