using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>Texts from handsets, taken in as the provider would bring them; some of them no rule can read.</summary>
public sealed class DemoInbox(PortalDatabase database, SubscriberVault vault, ReceiveInboundMessage receive, TimeProvider clock)
{
    private static readonly string[] Texts =
    [
        "how do I cancel only the Monday ones?", "my lawyer will hear about this", "can you unsubscribe my mother too, same house", "Please stop the texts after 8 pm only",
        "What time do you open on Sunday?", "love the new boots!", "HELP",
    ];

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<Subscriber> people;
        await using (var db = database.Open())
            people = await db.Subscribers.AsNoTracking().Where(s => s.Region == "US").OrderBy(s => s.Id).Skip(20).Take(Texts.Length).ToListAsync(cancellationToken);
        for (var i = 0; i < people.Count; i++)
        {
            if (vault.Open(people[i]) is not { } opened)
                continue;
            // The same ids at each start, so that none comes in twice.
            var text = new InboundText($"demo-{i + 1}", opened.Phone.E164, DemoPurposes.Sender, Texts[i], now.AddHours(-2 * i - 1), null);
            await receive.ExecuteAsync(Actor.Provider("demo"), text, cancellationToken);
        }
    }
}
