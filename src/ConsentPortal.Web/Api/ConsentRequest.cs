using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary>Whether the number's owner is texted before the consent counts.</summary>
internal enum ConfirmationWish
{
    WhereNeeded = 0,
    Request = 1,

    /// <summary>Refused: only a text that the portal itself received proves it.</summary>
    Proven = 2,
}

internal sealed record ConsentRequest
{
    [Required]
    [Description("The person's number: international, or national with \"country\".")]
    public string? Phone { get; init; }

    [Description("ISO 3166, two letters: whose national format the number is written in.")]
    public string? Country { get; init; }

    [Required]
    [Description("The purpose's id, its name, or its name in small letters with hyphens.")]
    public string? Purpose { get; init; }

    [Description("ISO 639-1: the language of the words that the person saw. English where left out.")]
    public string? Language { get; init; }

    [Description("The exact wording that the person saw; otherwise the one in use in \"language\" when they agreed. Where none was, the consent is refused.")]
    public Guid? WordingId { get; init; }

    [Description("How it was collected: webForm, paper, staff or api (the default). A box that was ticked beforehand is no consent.")]
    public CaptureMethod? Method { get; init; }

    [Description("How strong it is: implied, softOptIn, express (the default) or expressWritten. Written consent needs its evidence: paper a documentHash, webForm a formUrl or the words shown, api one of these; what staff heard is never written.")]
    public ConsentLevel? Level { get; init; }

    [Required]
    [Description("When the person agreed; UTC unless an offset is given.")]
    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? AgreedAt { get; init; }

    public EvidenceRequest? Evidence { get; init; }

    [Description("whereNeeded (the default) texts the number's owner where the purpose or the law asks for it, request always. proven is refused.")]
    public ConfirmationWish? DoubleOptIn { get; init; }

    public PersonRequest? Person { get; init; }

    /// <returns>What the use case takes, or a problem with a sentence for each field that is wrong.</returns>
    public (CollectedConsent? Consent, ProblemHttpResult? Problem) ToConsent()
    {
        var fields = new FieldCheck();
        var phone = fields.Phone(Phone, Country);
        fields.Check("purpose", !string.IsNullOrWhiteSpace(Purpose), "Name the purpose that the person agreed to.");
        fields.Check("language", FieldCheck.IsCode(Language), "Give the two letters of ISO 639-1, such as en.");
        fields.Check("level", Level is not ConsentLevel.None, "A consent of no level is none. Give implied, softOptIn, express or expressWritten.");
        fields.Check("agreedAt", AgreedAt is not null, "Give the instant at which the person agreed, such as 2026-11-23T14:00:00Z.");
        fields.Check("doubleOptIn", DoubleOptIn is not ConfirmationWish.Proven, "Only a text that the portal itself received proves that the number's owner agreed. Give request, and they are asked.");
        var channel = Channel(fields);
        Evidence?.Check(fields);
        Person?.Check(fields);
        if (fields.Problem is { } problem)
            return (null, problem);
        return (new CollectedConsent(
            phone!, Purpose, Language, WordingId is { } id ? Domain.Consent.WordingId.From(id) : null, channel, Level ?? ConsentLevel.Express, AgreedAt!.Value,
            Evidence?.ToEvidence(Language) ?? new ConsentEvidence(Language: Language), DoubleOptIn is ConfirmationWish.Request,
            Person?.ToPerson() ?? new CollectedPerson(SubscriberProfile.Empty)), null);
    }

    private ConsentChannel Channel(FieldCheck fields)
    {
        var (channel, refused) = (Method ?? CaptureMethod.Api) switch
        {
            CaptureMethod.WebForm => (ConsentChannel.WebForm, null),
            CaptureMethod.Paper => (ConsentChannel.Paper, null),
            CaptureMethod.Staff => (ConsentChannel.Staff, null),
            CaptureMethod.Api => (ConsentChannel.Api, null),
            CaptureMethod.PrecheckedBox => (default, "A box that was ticked beforehand is no consent anywhere (US-05, EU-01). Nothing was recorded; ask the person to tick it themselves."),
            CaptureMethod.Keyword => (default, "A keyword counts only where the portal itself received the text. Nothing was recorded."),
            CaptureMethod.Import => (default, "Hand in a list on the page of imports. Nothing was recorded."),
            CaptureMethod.PreferenceCentre => (default(ConsentChannel), "The preference centre is the portal's own. Nothing was recorded; give webForm for a form of yours."),
        };
        fields.Check("method", refused is null, refused ?? "");
        return channel;
    }
}

[Description("What shows that the person agreed. It is kept encrypted.")]
internal sealed record EvidenceRequest
{
    [Description("The address of the form, without personal data.")]
    public string? FormUrl { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    [Description("What the person said or wrote, or the words that the form showed.")]
    public string? Words { get; init; }

    [Description("SHA-256 of the signed paper or the recording, in hexadecimal.")]
    public string? DocumentHash { get; init; }

    [Description("Who of your people asked.")]
    public string? AskedBy { get; init; }

    [Description("The form, page or shop, by a name that stays the same.")]
    public string? CollectionPoint { get; init; }

    public void Check(FieldCheck fields)
    {
        const int usual = 400;
        foreach (var (name, value, most) in new[]
        {
            ("formUrl", FormUrl, usual), ("ip", Ip, 64), ("userAgent", UserAgent, usual), ("words", Words, 2000), ("documentHash", DocumentHash, 128), ("askedBy", AskedBy, usual),
            ("collectionPoint", CollectionPoint, usual),
        })
        {
            fields.Check($"evidence.{name}", !(value?.Length > most), $"This is longer than {most} characters.");
        }

        fields.Check("evidence.ip", Ip is null || System.Net.IPAddress.TryParse(Ip, out _), "This is no IP address.");
    }

    public ConsentEvidence ToEvidence(string? language) => new(FormUrl, Ip, UserAgent, Words, DocumentHash, AskedBy, CollectionPoint, language);
}

[Description("Kept only where the number is new here: nobody renames a person by handing in their number.")]
internal sealed record PersonRequest
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    [Description("The person's id in your system.")]
    public string? ExternalId { get; init; }

    [Description("ISO 639-1: in which the person wants to be texted.")]
    public string? Language { get; init; }

    [Description("ISO 3166, two letters: where the person lives.")]
    public string? Country { get; init; }

    [Description("The US state or other subdivision, such as TX.")]
    public string? State { get; init; }

    [Description("IANA time zone, such as America/New_York.")]
    public string? Zone { get; init; }

    public void Check(FieldCheck fields)
    {
        foreach (var (name, value) in new[] { ("firstName", FirstName), ("lastName", LastName), ("externalId", ExternalId) })
            fields.Check($"person.{name}", !(value?.Length > 100), "This is longer than 100 characters.");
        fields.Check("person.language", FieldCheck.IsCode(Language), "Give the two letters of ISO 639-1, such as en.");
        fields.Check("person.country", FieldCheck.IsCode(Country), "Give the two letters of ISO 3166, such as US.");
        fields.Check("person.state", !(State?.Length > 8), "Give the short form, such as TX.");
        fields.Check("person.zone", Zone is null || IanaZones.IsKnown(Zone), "Give an IANA time zone, such as America/New_York.");
    }

    public CollectedPerson ToPerson() => new(
        new SubscriberProfile(Said(FirstName), Said(LastName), Said(ExternalId)), Language?.ToLowerInvariant(), Country?.ToUpperInvariant(), Said(State)?.ToUpperInvariant(), Zone);

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
