using System.ComponentModel;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// Everything that the portal holds about one person, as data.json hands it to them. Names and meanings are a promise to
/// whoever reads the file with a program: only additions. The descriptions become the schema that lies beside it.
/// </summary>
[Description("Everything that is held about one person. Instants are UTC in ISO 8601.")]
public sealed record PersonData(
    [property: Description("Name and version of this format.")] string Format,
    [property: Description("When this copy was made.")] DateTimeOffset MadeAt,
    [property: Description("Who holds the data.")] string Organisation,
    PersonProfile Profile,
    [property: Description("The times in which the number belonged to this person.")] IReadOnlyList<PersonPeriod> NumberPeriods,
    [property: Description("Custom values, such as a favourite shop.")] IReadOnlyList<PersonAttribute> Attributes,
    [property: Description("Purchases, clicks, replies and the like.")] IReadOnlyList<PersonFact> Behaviour,
    [property: Description("One entry per purpose that the person ever had to do with.")] IReadOnlyList<PersonConsent> Consents,
    [property: Description("Texts both ways and texts that were planned and not sent, oldest first.")] IReadOnlyList<PersonText> Texts,
    [property: Description("Stops in force or lifted for the number.")] IReadOnlyList<PersonStop> Stops,
    [property: Description("Lists into which the person was put by hand.")] IReadOnlyList<string> Lists,
    [property: Description("Requests about their data.")] IReadOnlyList<PersonRequest> Requests,
    [property: Description("Which staff looked at the data, and why if they revealed the number.")] IReadOnlyList<PersonAccess> LookedAtBy,
    [property: Description("Who else receives data.")] IReadOnlyList<PersonRecipient> Recipients,
    [property: Description("Earlier records of the same person that were closed and merged into this one. What they hold is part of every list here.")] IReadOnlyList<PersonMergedRecord> MergedRecords,
    [property: Description("Signed papers and other files. A package holds them beside this file.")] IReadOnlyList<PersonFile> Documents,
    [property: Description("Holds that keep the data as evidence, in force or ended.")] IReadOnlyList<PersonHold> LegalHolds,
    [property: Description("What the SMS provider last said about the number, by sender.")] IReadOnlyList<PersonProviderWord> ProviderSays,
    [property: Description("As of when it was looked through; words written later are not in it. Null for a copy that the person took themselves.")] DateTimeOffset? AsOf,
    [property: Description("What was withheld, and on which ground; a marker stands in each place.")] IReadOnlyList<PersonWithheld> Withheld,
    [property: Description("What an auditor and staff wrote to each other about single consents and texts of the person that were drawn for an audit.")] IReadOnlyList<PersonRoomComment> AuditComments);

[Description("Places that were withheld on one ground.")]
public sealed record PersonWithheld([property: Description("rightsOfOthers, legalAdvice, tradeSecret or neverDisclosed.")] string Ground, [property: Description("The ground in words.")] string Meaning, int Places);

[Description("Who the person is.")]
public sealed record PersonProfile(
    [property: Description("E.164.")] string Number, string? FirstName, string? LastName,
    [property: Description("Id in the organisation's other systems.")] string? ExternalId,
    [property: Description("ISO 3166 country of the number.")] string? NumberCountry, string LineType,
    [property: Description("Where the person said they live.")] string? Country, string? State,
    [property: Description("IANA time zone that the person confirmed.")] string? TimeZone,
    [property: Description("ISO 639-1.")] string? Language,
    [property: Description("How often the person wants texts.")] string Frequency, DateTimeOffset? PausedUntil,
    [property: Description("The data is stored and not used (GDPR art. 18).")] bool IsRestricted,
    [property: Description("Where the data came from.")] string Source, DateTimeOffset AddedAt, DateTimeOffset ChangedAt, DateTimeOffset? LastTextAt, DateTimeOffset? LastEngagedAt);

public sealed record PersonPeriod(DateTimeOffset From, [property: Description("Null while it lasts.")] DateTimeOffset? To);

public sealed record PersonAttribute(string Name, [property: Description("text, number, date, flag or list.")] string Type, string Value)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonFact(string Kind, DateTimeOffset At, double? Amount, string? Reference);

public sealed record PersonConsent(
    string Purpose, string Brand, [property: Description("none, pending, granted, withdrawn, expired or voided, at the time of this copy.")] string Status,
    IReadOnlyList<PersonConsentEvent> Events);

public sealed record PersonConsentEvent(
    string Kind, DateTimeOffset At, DateTimeOffset RecordedAt, string Channel, string LegalBasis, string Level,
    [property: Description("none, email or sms.")] string DoubleOptIn, [property: Description("The person acted themselves.")] bool IsActOfPerson,
    [property: Description("The words that the person was shown; null where none were.")] PersonWording? Wording,
    [property: Description("What shows that it happened.")] PersonEvidence? Evidence, string RecordedBy, string? Note, DateTimeOffset? ExpiresAt, int? ImportRow)
{
    internal string Key { get; init; } = "";

    internal bool IsByStaff { get; init; }
}

public sealed record PersonWording(string Language, int Version, string Text, string PromisedFrequency, string PrivacyPolicyVersion, [property: Description("SHA-256.")] string Hash);

public sealed record PersonEvidence(string? FormUrl, string? IpAddress, string? UserAgent, string? Words, string? DocumentHash, string? AskedBy,
    [property: Description("The form, page or shop where it happened.")] string? CollectionPoint = null, [property: Description("ISO 639-1.")] string? Language = null,
    [property: Description("ISO 3166.")] string? Jurisdiction = null, string? CorrelationId = null);

public sealed record PersonText(
    [property: Description("fromPerson or toPerson.")] string Direction,
    [property: Description("Sent or received; for a text that was not sent, when that was decided or planned.")] DateTimeOffset At,
    [property: Description("Null where no words were kept or written yet.")] string? Words, string Kind, string? Purpose, string? Campaign,
    [property: Description("What became of it.")] string State,
    [property: Description("allow, defer, hold or block; null before the first decision.")] string? Decision,
    [property: Description("Why it was not sent, or not at once.")] string? Reason,
    [property: Description("The rule that decided, such as US-09.")] string? Rule, int? PolicyVersion,
    [property: Description("The consent event on which it rested.")] long? ConsentEvent)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonStop(
    string Scope, string? Purpose, [property: Description("What said so; earlier for a stop from the time of another owner of the number that is still in force: of it only its reach is told.")] string Source, string Reason, DateTimeOffset At, DateTimeOffset? LiftedAt)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonRequest(
    string Number, string Kind, string Status, DateTimeOffset ReceivedAt, DateOnly DueOn, DateTimeOffset? ClosedAt, [property: Description("What was written to the person about it.")] IReadOnlyList<PersonLetter> Letters,
    [property: Description("What the person wrote about it.")] IReadOnlyList<PersonMessage> Messages, [property: Description("What staff wrote about it for each other.")] IReadOnlyList<PersonComment> Comments,
    [property: Description("Files that came with it, without their content; identity papers are deleted once they were seen.")] IReadOnlyList<PersonAttachment> Files,
    [property: Description("The law whose deadlines it has: gdpr, ukGdpr, ccpa, lgpd, pipeda or other.")] string Regime,
    [property: Description("False for a request that came for the number while no record had it and was never joined to one: nobody made sure who asked, so of it only kind, law, dates and outcome are told.")] bool IsOfRecord);

public sealed record PersonAttachment(string Kind, string? Name, [property: Description("In bytes.")] long Size, DateTimeOffset AddedAt, DateTimeOffset? RemovedAt);

public sealed record PersonMessage(DateTimeOffset At, string Text)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonComment(DateTimeOffset At, string By, string Text)
{
    internal string Key { get; init; } = "";

    internal bool IsByStaff { get; init; }
}

public sealed record PersonRoomComment(
    DateTimeOffset At, string By, [property: Description("consentEvent or text: what it is about.")] string About, [property: Description("The number of that consent event or text.")] long Record, string Text)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonLetter(string Kind, [property: Description("ISO 639-1.")] string Language, string? Text, DateTimeOffset WrittenAt, [property: Description("Null while it was not sent.")] DateOnly? SentOn)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonAccess(DateTimeOffset At, string Who, string? Role, [property: Description("The full number was shown; otherwise a masked one.")] bool NumberShown, string? Reason,
    [property: Description("A signed paper was opened.")] bool DocumentOpened = false,
    [property: Description("The personal values of an entry of the audit trail were shown.")] bool AuditValuesShown = false,
    [property: Description("What was shown: page, number, text, paper, auditValues, evidence, request, inbox, package, packageReview, file, trail or standing.")] string What = "page")
{
    internal string Key { get; init; } = "";

    internal bool IsByStaff { get; init; }
}

public sealed record PersonMergedRecord(
    [property: Description("E.164.")] string Number, string? FirstName, string? LastName, string? ExternalId, string Source, DateTimeOffset AddedAt, DateTimeOffset? MergedAt);

public sealed record PersonFile(
    [property: Description("Where it lies in the package.")] string File, [property: Description("What it was called.")] string Name, string ContentType, int Bytes,
    [property: Description("SHA-256; consent events name it as documentHash.")] string Sha256, DateTimeOffset AddedAt);

public sealed record PersonHold(DateTimeOffset PlacedAt, [property: Description("Null while no end was set.")] DateTimeOffset? Until, DateTimeOffset? LiftedAt, string Reason)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonProviderWord(
    string Sender, [property: Description("blocked or accepts.")] string Word, [property: Description("How it said so.")] string Evidence, [property: Description("The provider's own code.")] string? Code,
    DateTimeOffset At, [property: Description("Why this differs from what is recorded here, where staff have said so.")] string? Explanation)
{
    internal string Key { get; init; } = "";
}

public sealed record PersonRecipient(string Name, string Role, string Data);
