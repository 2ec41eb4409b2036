using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Webhooks;

/// <summary>From a STOP that only the provider heard to the withdrawal here, over HTTP all the way.</summary>
public sealed class ProviderDifferencesTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private const string Sender = "+12025550147";

    private static readonly Actor Everybody = Actor.Job("test");

    [Fact]
    public async Task A_STOP_that_the_portal_never_heard_is_found_in_the_providers_records_and_applied()
    {
        const string number = "+12127360001";
        await AgreeAsync(number);
        portal.Simulator.Options = portal.Simulator.Options with { OptOutAssist = true, LostInbound = 1 };
        portal.Simulator.Reply(number, Sender, "STOP");
        await QuietAsync();
        portal.Simulator.Options = new SimulatorOptions { SubmittedAfter = TimeSpan.Zero, DeliveredAfter = TimeSpan.Zero };
        // Another program with the same account: its receipts say nothing to the portal.
        await portal.Get<ISmsGateway>().SendAsync(new OutgoingText("another-program", number, Sender, "Hi", IsUnicode: false), default);
        await QuietAsync();

        Assert.Equal(1, (await portal.Get<AskProviderForBlocks>().ExecuteAsync(Everybody, default)).Value.Ours);
        var row = Assert.Single((await portal.Get<ProviderDifferenceList>().PageAsync(Everybody, new ProviderDifferenceQuery(Evidence: ProviderEvidence.Records), null, default)).Rows);
        Assert.True((await portal.Get<ApplyProviderBlock>().ExecuteAsync(Everybody, row.Id, default)).IsSuccess);

        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == row.Person)).Status);
    }

    [Fact]
    public async Task A_list_from_the_provider_names_who_is_blocked_there_and_active_here()
    {
        const string number = "+12127360002";
        await AgreeAsync(number);
        portal.Simulator.Blocks.Add(number, Sender, TimeProvider.System.GetUtcNow());
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            await File.WriteAllTextAsync(path, await portal.Http.GetStringAsync(new Uri(portal.Simulator.Address, $"/blocked.csv?sender={Sender[1..]}")));
            var take = portal.Get<TakeProviderList>();
            var file = (await take.OpenAsync(Everybody, path, "blocked.csv", default)).Value;
            var taken = (await take.ExecuteAsync(Everybody, new ProviderListRequest(file, 0, Sender, TimeProvider.System.GetUtcNow(), IsComplete: false), null, default)).Value;

            Assert.Contains((await portal.Get<ProviderDifferenceList>().PageAsync(Everybody, new ProviderDifferenceQuery(Evidence: ProviderEvidence.List), null, default)).Rows, r => r.Phone!.EndsWith("0002", StringComparison.Ordinal));
            Assert.True(taken.Known >= 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_STOP_in_parts_that_come_in_the_wrong_order_is_taken_and_one_with_an_old_signature_too()
    {
        foreach (var (number, body) in new[] { ("+12127360003", """{"from":"12127360003","to":"12025550147","text":"STOP","parts":3,"order":[3,1,2]}"""), ("+12127360004", """{"from":"12127360004","to":"12025550147","text":"STOP","signedMinutesAgo":1500}""") })
        {
            var person = await AgreeAsync(number);
            using var text = new StringContent(body);
            await portal.Http.PostAsync(new Uri(portal.Simulator.Address, "/inbound"), text);
            await QuietAsync();

            await using var db = portal.Database.Open();
            Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == person)).Status);
        }
    }

    private async Task QuietAsync()
    {
        while (portal.Simulator.PendingWebhooks > 0)
            await Task.Delay(10);
    }

    private async Task<SubscriberId> AgreeAsync(string number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (purpose, wording) = await PurposeAsync(now);
        var person = (await portal.Get<AddSubscriber>().ExecuteAsync(
            Everybody, new NewSubscriber(new PhoneNumber(number, "US"), Domain.Subscribers.LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Store"), default)).Value;
        Assert.True((await portal.Get<RecordConsent>().ExecuteAsync(Everybody, person, new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(FormUrl: "https://aurora.example/join"), now.AddDays(-1), IsActOfPerson: true, "Ticked on the web form"), default)).IsSuccess);
        // The welcome has to be through: a text that is refused because of the block would end the consent by itself.
        await using var db = portal.Database.Open();
        while (await db.OutboundMessages.AnyAsync(m => m.SubscriberId == person && m.State != MessageState.Delivered))
            await Task.Delay(50);
        return person;
    }

    private async Task<(Purpose Purpose, Wording Wording)> PurposeAsync(DateTimeOffset now) => await portal.Database.WriteAsync(
        async db =>
        {
            if (await db.Purposes.FirstOrDefaultAsync(p => p.Sender == Sender) is { } known)
                return (known, await db.Wordings.FirstAsync(w => w.PurposeId == known.Id));
            var purpose = new Purpose
            {
                Id = PurposeId.New(now), Name = "Difference offers", Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent, Sender = Sender, SenderCanReceive = true,
                NeedsDoubleOptIn = false, PromisedPerMonth = 4, CreatedAt = now,
            };
            var wording = new Wording
            {
                Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 1, Text = "I agree that Aurora may text me offers.", DoubleOptInPrompt = "Reply YES.", Confirmation = "Welcome.",
                HelpReply = "Help.", StopReply = "You are out.", PromisedFrequency = "4 a month", PrivacyPolicyVersion = "2026-01", ActiveFrom = now.AddDays(-2), Hash = new string('a', 64),
            };
            db.Purposes.Add(purpose);
            db.Wordings.Add(wording);
            return (purpose, wording);
        },
        default);
}
