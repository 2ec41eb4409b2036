using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Decides what becomes of a row, the same for a proposal and for a run: whom it names, whether it may be taken, and what
/// it does to consent. A list may always make things stricter and never brings back who has left.
/// </summary>
internal sealed class RowJudge(FileNumbers numbers, ImportTerms terms, DateTimeOffset now)
{
    public RowOutcome Judge(ImportRow row, KnownPeople people)
    {
        if (row.Phone is not { } phone)
            return new RowOutcome(row.Number, RowClass.Invalid, null, row.Refused!.Reason, row.Refused.Sentence, null, []);
        var refusedIn = numbers.RowThatRefuses(phone);
        if (numbers.EarlierRow(row.Number, phone) is { } first)
            return Duplicate(row, phone, first, refusedIn);
        var person = people.Find(phone);
        var judged = refusedIn is null ? row : Stricter(row, refusedIn.Value);
        return Refusal(judged, person, people.Stops(phone)) is { } refusal
            ? new RowOutcome(row.Number, RowClass.Refused, phone.E164, refusal.Reason, refusal.Sentence, null, [])
            : Taken(judged, phone, person, people);
    }

    private RowOutcome Taken(ImportRow row, PhoneNumber phone, KnownPerson? person, KnownPeople people)
    {
        var consent = person?.Consents.FirstOrDefault(c => c.PurposeId == terms.Purpose?.Id)?.State ?? ConsentState.None;
        var forced = terms.NeedsDoubleOptIn(phone.Region, row.Country ?? person?.Subscriber.DeclaredRegion);
        var step = Step(row, person, people, consent, forced);
        var kind = person is null ? RowClass.New : step != ConsentStep.None || Changes(row, person, people) ? RowClass.Update : RowClass.Unchanged;
        var isOpen = kind != RowClass.Unchanged && consent.StatusAt(now) != ConsentStatus.Granted;
        return new RowOutcome(row.Number, kind, phone.E164, null, null, null, row.Attributes.Count == 0 ? row.Notes : [.. row.Notes, .. RowFacts.Unreadable(row, people)])
        {
            Step = step,
            NeedsDoubleOptIn = isOpen && row.HasProof && forced,
            WithoutProof = isOpen && row.Answer != ConsentAnswer.Refused && !row.HasProof,
        };
    }

    private ConsentStep Step(ImportRow row, KnownPerson? person, KnownPeople people, ConsentState consent, bool forced)
    {
        if (row.Answer == ConsentAnswer.Refused)
            return IsStopped(row, person, people) ? ConsentStep.None : ConsentStep.Withdraw;
        if (terms.Purpose is null || row.Answer != ConsentAnswer.Claimed)
            return ConsentStep.None;
        var status = consent.StatusAt(now);
        if (!row.HasProof)
            return terms.AsksForDoubleOptIn && status == ConsentStatus.None ? ConsentStep.Request : ConsentStep.None;
        // What ran out comes back only by a consent that is younger than its end.
        var canBegin = status == ConsentStatus.None || (status == ConsentStatus.Expired && row.AnsweredAt > (consent.ExpiresAt ?? consent.Since));
        if (forced)
            return canBegin ? ConsentStep.Request : ConsentStep.None;
        return canBegin || status == ConsentStatus.Pending ? ConsentStep.Grant : ConsentStep.None;
    }

    private static bool IsStopped(ImportRow row, KnownPerson? person, KnownPeople people) =>
        people.Stops(row.Phone!).Any(s => s.Scope == SuppressionScope.All)
        && (person is null || person.Consents.All(c => c.Status is ConsentStatus.Withdrawn or ConsentStatus.Voided));

    private RowRefusal? Refusal(ImportRow row, KnownPerson? person, IReadOnlyList<Suppression> stops)
    {
        if (person is null && stops.Any(s => s.Source == SuppressionSource.Erasure))
            return RowRefusal.Erased;
        if (ListSource.IsBought(row.Source) && (person is null || row.Answer != ConsentAnswer.Refused))
            return RowRefusal.Bought;
        if (person is { Subscriber.IsRestricted: true } && row.Answer != ConsentAnswer.Refused)
            return RowRefusal.Restricted;
        if (row.Answer != ConsentAnswer.Claimed)
            return null;
        if (person is not null && person.Consents.Any(HasLeft))
            return RowRefusal.Withdrawn;
        if (terms.Purpose is { } purpose && !purpose.IsOpenTo(row.Phone!.Region))
            return RowRefusal.NotOpen(purpose.Name, ReportWords.Country(row.Phone.Region));
        return stops.Any(terms.IsReachedBy) ? RowRefusal.Suppressed : null;
    }

    private bool HasLeft(ConsentRecord consent) =>
        consent.Status is ConsentStatus.Withdrawn or ConsentStatus.Voided && (terms.Purpose is null || consent.PurposeId == terms.Purpose.Id);

    private bool Changes(ImportRow row, KnownPerson person, KnownPeople people) =>
        !person.Subscriber.IsRestricted
        && (RowFacts.Merge(person.Profile, row.Profile) != person.Profile
            || (row.Language is not null && row.Language != person.Subscriber.Language)
            || (row.Country is not null && row.Country != person.Subscriber.DeclaredRegion)
            || row.Attributes.Any(a => RowFacts.IsNewValue(a, person, people)));

    private static ImportRow Stricter(ImportRow row, int refusedIn) => row.Answer == ConsentAnswer.Refused
        ? row
        : row with { Answer = ConsentAnswer.Refused, Notes = [.. row.Notes, $"row {refusedIn} says that the same person refused; the stricter answer was taken"] };

    private static RowOutcome Duplicate(ImportRow row, PhoneNumber phone, int first, int? refusedIn) => new(
        row.Number, RowClass.Duplicate, phone.E164, null,
        refusedIn is not null && row.Answer == ConsentAnswer.Claimed
            ? $"Row {first} names the same number and was taken instead; this row's yes was not, because row {refusedIn} says no."
            : $"Row {first} names the same number and was taken instead.",
        first, []);
}

/// <summary>What a row adds to what is known of a person; an empty value leaves things as they are.</summary>
internal static class RowFacts
{
    public static SubscriberProfile Merge(SubscriberProfile known, SubscriberProfile row) =>
        new(row.FirstName ?? known.FirstName, row.LastName ?? known.LastName, row.ExternalId ?? known.ExternalId);

    public static bool IsNewValue((string Attribute, string Value) given, KnownPerson person, KnownPeople people) =>
        !people.Attributes.TryGetValue(given.Attribute, out var definition)
        || (AttributeText.Read(given.Value, definition.Type) is { } value && !value.Equals(person.Attributes.GetValueOrDefault(definition.Id)));

    public static IEnumerable<string> Unreadable(ImportRow row, KnownPeople people) => row.Attributes
        .Where(given => people.Attributes.TryGetValue(given.Attribute, out var definition) && AttributeText.Read(given.Value, definition.Type) is null)
        .Select(given => $"{given.Attribute} is no {Words(people.Attributes[given.Attribute].Type)} and was left out");

    private static string Words(AttributeType type) => type == AttributeType.List ? $"list of at most {ValueList.Longest} characters" : type.ToString().ToLowerInvariant();
}
