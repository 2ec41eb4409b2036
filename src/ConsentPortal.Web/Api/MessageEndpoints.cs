using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary><c>/messages</c>: asks for a text about something of one person's own, and what became of it.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapPost("/messages", PlanAsync).Needs(Permissions.SendServiceTexts).TakesKey().Accepts<MessageRequest>("application/json")
            .Produces<ServiceTextReceipt>(StatusCodes.Status202Accepted).Produces<ServiceTextReceipt>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("PlanMessage").WithTags("Messages").WithSummary("Text one person about something of their own")
            .WithDescription("Transactional and informational purposes only. The sending policy is asked at once: 202 where the text is planned, or deferred until it may go; 200 where it is refused, with the reason and the rules. Either way it is recorded under \"id\". Give the words as \"body\", or name a stored text as \"template\" with its values; the answer then says which version and language it was. Promotional words make a text marketing, and it is refused (C-02). The policy is asked again when the text leaves, so that a planned one can still be refused. Name an Idempotency-Key: without one, a repeated request is a second text.");
        api.MapGet("/messages/{id:long}", FindAsync).Needs(Permissions.SendServiceTexts)
            .Produces<ServiceTextReceipt>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("FindMessage").WithTags("Messages").WithSummary("Ask what became of a text")
            .WithDescription("By the id that the request for the text was answered with.");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> PlanAsync(
        ApiBody<MessageRequest> body, HttpContext context, PlanServiceText plan, LookupHash hashes, CancellationToken cancellationToken)
    {
        if (!Repeatable.Of(context, body.Text, hashes).TryGet(out var request, out var wrongKey))
            return ApiProblem.Of(wrongKey);
        var (wanted, problem) = body.Value.ToText();
        return wanted is null ? problem! : Repeatable.Answer(context, await plan.ExecuteAsync(ApiKeyScheme.ActorOf(context), wanted, request, cancellationToken));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> FindAsync(long id, HttpContext context, ServiceTexts texts, CancellationToken cancellationToken) =>
        Repeatable.Answer(context, await texts.FindAsync(ApiKeyScheme.ActorOf(context), id, cancellationToken));
}

internal sealed record MessageRequest
{
    [Required]
    [Description("The person's number: international, or national with \"country\".")]
    public string? Phone { get; init; }

    [Description("ISO 3166, two letters: whose national format the number is written in.")]
    public string? Country { get; init; }

    [Required]
    [Description("The purpose's id, its name, or its name in small letters with hyphens. It has to be transactional or informational.")]
    public string? Purpose { get; init; }

    [Description("The text, unless a template is named. It may take up firstName, lastName, brand, stopLine, preferencesLink and custom attributes, such as {{ firstName | default: \"there\" }} and {{ attribute.favourite_store | default: \"our store\" }}.")]
    public string? Body { get; init; }

    [Description("The name of a stored text instead of \"body\", such as parcel-sent: the newest version that a second person has approved. It has to belong to the purpose.")]
    public string? Template { get; init; }

    [Description("Only with \"template\": ISO 639-1, also with a region. Where the template has no text in it, and where it is left out, the person's language is taken, else the template's first.")]
    public string? Language { get; init; }

    [Description("Only with \"template\": what the text takes up, by name, such as {\"orderNumber\": \"4711\"}. A value without a fallback in the text has to be given. At most 200 characters each, without line breaks.")]
    public Dictionary<string, string?>? Values { get; init; }

    [Description("From when on the text had better not be sent; UTC unless an offset is given. A day from now where left out, seven at most.")]
    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? NotAfter { get; init; }

    /// <returns>What the use case takes, or a problem with a sentence for each field that is wrong.</returns>
    public (WantedText? Text, ProblemHttpResult? Problem) ToText()
    {
        var fields = new FieldCheck();
        var phone = fields.Phone(Phone, Country);
        fields.Check("purpose", !string.IsNullOrWhiteSpace(Purpose), "Name the purpose that the text belongs to.");
        var isStored = !string.IsNullOrWhiteSpace(Template);
        fields.Check("body", isStored || !string.IsNullOrWhiteSpace(Body), "Write the text that the person will read, or name a template.");
        fields.Check("body", !isStored || Body is null, "Give the text or a template, not both.");
        fields.Check("language", isStored || Language is null, "A language chooses among the texts of a template. Name the template, or leave the language out.");
        fields.Check("values", isStored || Values is null, "Values belong to a template. Name it, or leave them out.");
        return fields.Problem is { } problem ? (null, problem) : (new WantedText(phone!, Purpose, isStored ? null : Body, NotAfter, isStored ? Named() : null), null);
    }

    private NamedTemplate Named() => new(
        Template!.Trim(), Language, (Values ?? []).Where(value => value.Value is not null).ToDictionary(value => value.Key, value => value.Value!, StringComparer.Ordinal));
}
