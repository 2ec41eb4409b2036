using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>A text about something of one person's own, as a program asks for it.</summary>
/// <param name="Purpose">As <see cref="NamedPurpose"/> has it.</param>
/// <param name="Body">With the merge fields of campaigns; null with a template.</param>
/// <param name="NotAfter">From when on it had better not be sent (UTC); null for a day from now.</param>
/// <param name="Stored">Which stored text it is; null where the program brings its own.</param>
public sealed record WantedText(PhoneNumber Phone, string? Purpose, string? Body, DateTimeOffset? NotAfter, NamedTemplate? Stored = null);

/// <summary>
/// Plans a transactional or informational text that a program asks for. The policy is asked at once, so that the program
/// hears what would stop the text, and again by the dispatcher when it is taken; a refused text is a row of the ledger too.
/// </summary>
public sealed class PlanServiceText(ApiAnswers answers, SendFactsReader factsReader, SubjectKeys keys, LookupHash hashes, PublicAddress address, TimeProvider clock)
{
    private const string Promotion = "C-02";

    private static readonly TimeSpan Usually = TimeSpan.FromDays(1);
    private static readonly TimeSpan AtMost = TimeSpan.FromDays(7);

    public async Task<Result<ApiAnswer>> ExecuteAsync(Actor actor, WantedText wanted, RepeatableRequest? request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendServiceTexts);
        var now = clock.GetUtcNow();
        if (wanted.NotAfter is { } end && (end <= now || end > now + AtMost))
            return new FieldRefused("notAfter", "The last moment for sending lies in the past, or more than seven days ahead. Nothing was planned; give one within seven days, or leave it out for a day from now.");
        if (wanted.Stored is null && !OwnWords(wanted).TryGet(out _, out var unreadable))
            return unreadable;
        return await answers.OnceAsync(actor, request, db => PlanAsync(db, actor, wanted, now, cancellationToken), cancellationToken);
    }

    private async Task<Result<ApiAnswer>> PlanAsync(PortalDbContext db, Actor actor, WantedText wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!(await PurposeAsync(db, wanted.Purpose, cancellationToken)).TryGet(out var purpose, out var refused))
            return refused;
        if (await PersonAsync(db, wanted.Phone, purpose, now, cancellationToken) is not { Opened: not null, WrappedKey: { } wrapped } person)
            return new FieldRefused("phone", "Nobody here has this number. Nothing was planned; hand in the person's consent first.");
        if (!(await WordsAsync(db, wanted, purpose, person.Language, cancellationToken)).TryGet(out var words, out var unusable))
            return unusable;
        var template = words.Template;
        if (words.Name is null && await AttributeFields.RefusalAsync(db, [template], cancellationToken) is { } unknown)
            return new FieldRefused("body", $"{unknown.Message} Nothing was planned.");
        var attributes = await AttributesOfPeople.ReadAsync(db, [person.Id], [.. template.Attributes], cancellationToken);
        var body = new MessageBody(template.Render(MergeValues.Of(person, purpose, template, address, words.Language, attributes) with { Own = words.Values }).Text);
        var decision = SendPolicy.Evaluate(person.Facts with { Body = body }, await ActivePolicy.AtAsync(db, now, cancellationToken), now);
        using var key = keys.Unwrap(wrapped, person.Id);
        var text = new OutboundMessage
        {
            SubscriberId = person.Id, Kind = MessageKind.Transactional, MessageClass = purpose.MessageClass, PurposeId = purpose.Id, ClientRef = Replies.NewClientRef(now),
            PlannedAt = now, DueAt = now, NotAfter = wanted.NotAfter ?? now + Usually, State = MessageState.Planned, BodySealed = key.Seal(body.Text, SealedField.MessageBody),
        };
        Take(text, decision, now);
        db.OutboundMessages.Add(text);
        // The answer and the entry of the audit trail name the row by the id that the database gives.
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(actor, now, new AuditFact(
            text.State == MessageState.Skipped ? "text.refused" : "text.planned", "text", text.Id.ToString(CultureInfo.InvariantCulture), person.Id, After: new Dictionary<string, object?>
            {
                ["purpose"] = purpose.Id.ToString(), ["class"] = purpose.MessageClass, ["reason"] = text.Reason, ["rule"] = text.Rule, ["dueAt"] = text.DueAt,
                ["template"] = words.Name, ["templateVersion"] = words.Version, ["language"] = words.Language,
            }));
        return (ServiceTextReceipt.Of(text, purpose) with
        {
            Rules = RulesAgainst(decision), Parts = body.Measure.Parts, Template = words.Name, TemplateVersion = words.Version, Language = words.Language,
        }).ToAnswer();
    }

    /// <summary>The program's own words, or those that it names.</summary>
    private static async Task<Result<StoredWords>> WordsAsync(PortalDbContext db, WantedText wanted, Purpose purpose, string? language, CancellationToken cancellationToken) =>
        wanted.Stored is { } stored ? await StoredWords.FindAsync(db, stored, purpose, language, cancellationToken) : OwnWords(wanted);

    private static Result<StoredWords> OwnWords(WantedText wanted) => MessageTemplate.Parse(wanted.Body ?? "").TryGet(out var template, out var unreadable)
        ? new StoredWords(null, null, null, template, new Dictionary<string, string>(StringComparer.Ordinal))
        : new FieldRefused("body", $"{unreadable.Message} Nothing was planned.");

    private static async Task<Result<Purpose>> PurposeAsync(PortalDbContext db, string? name, CancellationToken cancellationToken)
    {
        if (!(await NamedPurpose.FindAsync(db, name, mayBeRetired: true, cancellationToken)).TryGet(out var purpose, out var refused))
            return refused;
        if (purpose.RetiredAt is not null)
            return new FieldRefused(NamedPurpose.Field, "This purpose is retired, and nothing is sent for it any more. Nothing was planned; name one that is in use.");
        return purpose.MessageClass is MessageClass.Transactional or MessageClass.Informational
            ? purpose
            : new FieldRefused(NamedPurpose.Field, $"Texts of this purpose are {purpose.MessageClass}, and only transactional and informational ones can be asked for here. Nothing was planned; have somebody write a campaign.");
    }

    private async Task<PersonFacts?> PersonAsync(PortalDbContext db, PhoneNumber phone, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = hashes.Phone(phone);
        var newest = await db.Subscribers.AsNoTracking().Where(s => s.PhoneHash == hash && s.ErasedAt == null && s.MergedIntoId == null)
            .OrderByDescending(s => s.CreatedAt).Select(s => s.Id).Take(1).ToListAsync(cancellationToken);
        var people = await factsReader.ReadAsync(db, newest, new SendQuestion(purpose, purpose.MessageClass), now, cancellationToken);
        return people.Values.SingleOrDefault();
    }

    private static void Take(OutboundMessage text, SendDecision decision, DateTimeOffset now)
    {
        text.DecidedAt = now;
        DispatchDecisions.Note(text, decision.Compact);
        if (decision.EffectiveClass == MessageClass.Marketing)
            RefuseAsMarketing(text, now);
        else if (decision is SendDecision.Defer defer)
            HoldBack(text, defer, now);
        else if (decision is not SendDecision.Allow)
            Refuse(text, decision.Reason!.Value, now);
    }

    private static void HoldBack(OutboundMessage text, SendDecision.Defer decision, DateTimeOffset now)
    {
        text.HoldBack(decision.Reason!.Value, text.Rule, now);
        if (decision.Until < text.NotAfter)
            (text.State, text.DueAt) = (MessageState.Deferred, decision.Until);
        else
            Refuse(text, SendReason.PastNotAfter, now);
    }

    private static void Refuse(OutboundMessage text, SendReason reason, DateTimeOffset now) => (text.State, text.Reason, text.FinalAt) = (MessageState.Skipped, reason.ToString(), now);

    /// <summary>The policy would judge it as marketing and perhaps let it pass; nobody agreed to offers by agreeing to hear of their order.</summary>
    private static void RefuseAsMarketing(OutboundMessage text, DateTimeOffset now)
    {
        Refuse(text, SendReason.Reclassified, now);
        (text.DecisionKind, text.Rule, text.FailedGates) = ((int)DecisionKind.Block, Promotion, (text.FailedGates ?? 0) | (1 << (int)Gate.Content));
    }

    private static IReadOnlyList<string> RulesAgainst(SendDecision decision) =>
        [.. decision.Findings.Where(f => f.Outcome >= GateOutcome.Defer || f.Reason == SendReason.Reclassified).Select(f => f.Rule.Id).Distinct(StringComparer.Ordinal)];
}
