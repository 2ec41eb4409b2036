using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary>What the API says when it says no: RFC 9457, with a sentence, and a sentence per field where fields are wrong. Holds no personal data.</summary>
internal static class ApiProblem
{
    private const string Kinds = "urn:consentportal:problem:";

    public static ProblemHttpResult Unauthenticated { get; } = Of(
        StatusCodes.Status401Unauthorized, "unauthenticated", "No usable API key", "Send a key of this portal as \"Authorization: Bearer cp_…\". It must not be revoked or expired.");

    public static ProblemHttpResult TooMany(int seconds) => Of(
        StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", $"This key has used up its requests for now. Nothing was done; repeat the request in {seconds} seconds.");

    public static ProblemHttpResult TooLarge { get; } = Of(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", "The body is larger than 64 KB. Nothing was done; send one thing at a time.");

    public static ProblemHttpResult NotJson { get; } = Of(
        StatusCodes.Status400BadRequest, "not-json", "The body is not JSON", "The body could not be read as one JSON object. Nothing was done; send one in UTF-8.");

    public static ProblemHttpResult Unexpected { get; } = Of(
        StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong", "The portal made a mistake, and nothing was changed. Repeat the request; with the same Idempotency-Key nothing is done twice.");

    public static ProblemHttpResult WrongScope(string scope) => Of(
        StatusCodes.Status403Forbidden, "wrong-scope", "The key may not do this", $"This needs a key with the scope {scope}. Nothing was done; an administrator can make one.");

    public static ProblemHttpResult NotOverTls { get; } = Of(
        StatusCodes.Status403Forbidden, "tls-needed", "The API is served over https only",
        "The request came over plain http, where anybody on the way can read its key and what it says. Nothing was done; use the https address, and have an administrator replace the key if one was sent.");

    /// <param name="errors">Sentences by the property's name.</param>
    public static ProblemHttpResult Fields(IReadOnlyDictionary<string, string[]> errors) => TypedResults.Problem(
        errors.Count == 1 ? errors.First().Value[0] : "Some properties can't be taken as they are. Nothing was done; see the sentence of each.", null,
        StatusCodes.Status422UnprocessableEntity, "A property can't be taken", $"{Kinds}fields", [new("errors", errors)]);

    public static ProblemHttpResult Field(string name, string sentence) => Fields(new Dictionary<string, string[]> { [name] = [sentence] });

    public static ProblemHttpResult Of(Failure failure) => failure switch
    {
        FieldRefused field => Field(NameOf(field.Field), field.Message),
        NoSuchText => Of(StatusCodes.Status404NotFound, "no-such-text", "There is no such text", failure.Message),
        PurposeNotFound => Field("purpose", failure.Message),
        NumberHasStopped => Of(StatusCodes.Status409Conflict, "stopped", "The number has stopped", failure.Message),
        NumberIsBarred => Of(StatusCodes.Status409Conflict, "stopped", "The number may not be texted", failure.Message),
        OnlyThePersonCanReturn => Of(StatusCodes.Status409Conflict, "stopped", "The number has stopped", failure.Message),
        ProcessingRestricted => Of(StatusCodes.Status409Conflict, "restricted", "The person's data may only be stored", failure.Message),
        AnotherPromptWaits => Of(StatusCodes.Status409Conflict, "prompt-waits", "An earlier prompt waits for its answer", failure.Message),
        RequestIsRunning => Of(StatusCodes.Status409Conflict, "running", "The request is being answered", failure.Message),
        KeyNamesAnotherRequest => Of(StatusCodes.Status422UnprocessableEntity, "key-reused", "The Idempotency-Key named another request", failure.Message),
        _ => Of(StatusCodes.Status422UnprocessableEntity, "refused", "The request was refused", failure.Message),
    };

    /// <summary>For an answer that the framework gave a status and no words.</summary>
    public static ProblemHttpResult Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, "not-found", "There is nothing here", "The API has nothing at this address for this method. Numbers never stand in addresses, so questions about a number are POSTs too; see /api/v1/openapi.json."),
        StatusCodes.Status405MethodNotAllowed => Of(status, "wrong-method", "Wrong method", "This address takes another method; see the Allow header."),
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => Of(status, "wrong-media-type", "Wrong media type", "Send the body as application/json."),
        _ => Of(status, "refused", "The request was refused", "The request could not be answered. Nothing was done."),
    };

    /// <summary>The property that a use case means, as a request writes it.</summary>
    private static string NameOf(string field) => field switch
    {
        nameof(SuppressionReach.PurposeId) => "purpose",
        Repeatable.Header => field,
        _ => JsonNamingPolicy.CamelCase.ConvertName(field),
    };

    private static ProblemHttpResult Of(int status, string kind, string title, string detail) => TypedResults.Problem(detail, null, status, title, $"{Kinds}{kind}");
}
