using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <param name="CampaignId">Null while it was not saved.</param>
/// <param name="Variant">Which of the texts, where there are several.</param>
/// <param name="Body">The template as it stands in the editor.</param>
/// <param name="Numbers">Ids of verified numbers of staff.</param>
/// <param name="WithName">False sends the text of somebody whose name is not known.</param>
public sealed record TestQuestion(CampaignId? CampaignId, char? Variant, PurposeId PurposeId, string Body, string? Subject, IReadOnlyCollection<Guid> Numbers, bool WithName)
{
    /// <summary>In which the body is written; null where there is one language.</summary>
    public string? Language { get; init; }

    /// <summary>Makes links as short as they will be; theirs lead on and are never counted.</summary>
    public bool CountsClicks { get; init; }
}

/// <param name="HasLeft">False where it is sure that nothing left.</param>
/// <param name="Rules">What the rules would say now of this text to a subscriber with this number who has agreed to the purpose.</param>
public sealed record TestResult(string Name, string MaskedPhone, string Region, bool HasLeft, string Outcome, SendDecision Rules);

/// <summary>
/// Sends a text that is being written to verified numbers of staff, once, at the wish of the person before the screen. No rule
/// of sending is asked first, because staff are no subscribers; what the rules would have said is told. Nothing of it counts
/// in results, caps or the send ledger.
/// </summary>
public sealed class SendTest(PortalDatabase database, StaffNumberVault vault, StaffTexter texter, PublicAddress address, ShortLinks links, TimeProvider clock)
{
    private const int MostInAnHour = 30;

    public async Task<Result<IReadOnlyList<TestResult>>> ExecuteAsync(Actor actor, TestQuestion question, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        if (!MessageTemplate.Parse(question.Body).TryGet(out var template, out var refused))
            return refused;
        var now = clock.GetUtcNow();
        var planned = await database.WriteAsync(db => PlanAsync(db, actor, staff, question, template, now, cancellationToken), cancellationToken);
        if (!planned.TryGet(out var tests, out var problem))
            return problem;
        var outcomes = await texter.HandOverAsync([.. tests.Select(t => t.Sending)], cancellationToken);
        return tests.Select((test, i) => new TestResult(
            test.Name, test.Phone.ToString(), test.Phone.Region, outcomes[i] is SendOutcome.Accepted or SendOutcome.Unconfirmed, StaffTexter.Sentence(outcomes[i]), test.Rules)).ToList();
    }

    private async Task<Result<IReadOnlyList<Planned>>> PlanAsync(
        PortalDbContext db, Actor actor, Guid staff, TestQuestion question, MessageTemplate template, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == question.PurposeId, cancellationToken) is not { } purpose)
            return new PurposeNotFound();
        var wanted = question.Numbers.ToList();
        var numbers = await (
            from number in StaffNumberList.Usable(db)
            where wanted.Contains(number.Id)
            join person in db.Users on number.StaffId equals person.Id
            orderby person.DisplayName, number.Id
            select new { number, person.DisplayName }).ToListAsync(cancellationToken);
        if (numbers.Count == 0 || numbers.Count < wanted.Distinct().Count())
            return new NumberNotVerified();
        foreach (var known in numbers)
            if (await StaffStops.RefusalAsync(db, known.number.PhoneHash, purpose, cancellationToken) is { } stopped)
                return stopped;
        if (await RefusalAsync(db, staff, numbers.Count, now, cancellationToken) is { } refusal)
            return refusal;
        var attributes = await AttributeFields.ReadAsync(db, cancellationToken);
        if (AttributeFields.Refusal(attributes, template.Attributes) is { } unknown)
            return unknown;
        var counted = question.CountsClicks ? links.Of([question.Body]) : null;
        var words = WordsOf(template, question, purpose, attributes);
        var body = new MessageBody(counted?.Shorten(words) ?? words);
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var tests = numbers.ConvertAll(n => new Planned(
            n.DisplayName, vault.Open(n.number), Row(n.number, staff, question, body, counted, now), body, counted, purpose, SendPolicy.Evaluate(FactsOf(vault.Open(n.number), purpose, question.Subject, body, now), policy, now)));
        db.StaffTexts.AddRange(tests.Select(t => t.Row));
        db.Audit(actor, now, Fact(question, purpose, tests));
        return tests;
    }

    private async Task<Failure?> RefusalAsync(PortalDbContext db, Guid staff, int more, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddHours(-1);
        var lately = await db.StaffTexts.CountAsync(t => t.SentById == staff && t.Kind == StaffTextKind.Test && t.SentAt > since, cancellationToken);
        return lately + more > MostInAnHour ? new TooManyTests() : await texter.RefusalAsync(db, now, cancellationToken);
    }

    /// <summary>Names are invented, and the link belongs to nobody, as in the preview.</summary>
    private string WordsOf(MessageTemplate template, TestQuestion question, Purpose purpose, IReadOnlyList<AttributeField> attributes) => template.Render(
        new MergeValues(question.WithName ? "Alex" : null, question.WithName ? "Morgan" : null, purpose.Brand, StopLine.In(question.Language), address.PreferencesOf(default))
        {
            Attributes = question.WithName ? AttributeFields.Invented(attributes, template, question.Language) : null,
        }).Text;

    private static StaffText Row(StaffNumber number, Guid staff, TestQuestion question, MessageBody body, CampaignLinks? counted, DateTimeOffset now) => new()
    {
        StaffNumberId = number.Id, Kind = StaffTextKind.Test, SentById = staff, CampaignId = question.CampaignId, Variant = question.Variant, ClientRef = Replies.NewClientRef(now), SentAt = now,
        Language = question.Language, CountedTemplate = counted is { Count: > 0 } ? question.Body : null, Parts = body.Measure.Parts,
    };

    /// <summary>A subscriber with this number who has agreed in writing, a moment ago, and had no text yet: what is left is the text, the sender and the hour.</summary>
    private static SendFacts FactsOf(PhoneNumber phone, Purpose purpose, string? subject, MessageBody body, DateTimeOffset now) => new()
    {
        MessageClass = purpose.MessageClass, To = Recipient.Of(phone), Purpose = purpose.Id, Brand = purpose.Brand, PromisedPerMonth = purpose.PromisedPerMonth, Subject = subject, Body = body,
        Consent = new SendConsent
        {
            State = ConsentStatus.Granted, Level = ConsentLevel.ExpressWritten, Method = CaptureMethod.WebForm, GrantedAt = now, DoubleOptInBy = DoubleOptIn.Sms, Brand = purpose.Brand, Purpose = purpose.Id,
        },
        Sender = new SenderFacts(purpose.Sender, purpose.SenderCanReceive),
    };

    private static AuditFact Fact(TestQuestion question, Purpose purpose, List<Planned> tests) => new(
        "campaign.testSent", "campaign", question.CampaignId?.ToString() ?? "new",
        After: new Dictionary<string, object?>
        {
            ["to"] = string.Join(", ", tests.Select(t => t.Row.StaffNumberId)), ["variant"] = question.Variant?.ToString(), ["language"] = question.Language, ["text"] = question.Body,
            ["purpose"] = purpose.Name, ["sender"] = purpose.Sender, ["texts"] = tests.Count, ["clicks"] = question.CountsClicks ? "not counted" : null,
        });

    private sealed record Planned(string Name, PhoneNumber Phone, StaffText Row, MessageBody Body, CampaignLinks? Links, Purpose Purpose, SendDecision Rules)
    {
        /// <summary>Once the row is stored: its addresses name it.</summary>
        public StaffTextToSend Sending => new(Row, new OutgoingText(Row.ClientRef, Phone.E164, Purpose.Sender, Links?.ForTest(Body.Text, Row.Id) ?? Body.Text, Body.Measure.Encoding == SmsEncoding.Ucs2));
    }
}

public sealed record NumberNotVerified() : Failure("A test goes only to numbers that staff have verified. Nothing was sent; choose from the list.");

public sealed record TooManyTests() : Failure("At most 30 test texts an hour can be sent by one person. Nothing was sent; try again later.");
