using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary><c>/consents</c>: hands in a consent, and asks where a number stands. A number travels in bodies only: addresses stand in logs.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapPost("/consents", TakeAsync).Needs(Permissions.RecordConsent).TakesKey().Accepts<ConsentRequest>("application/json")
            .Produces<ConsentReceipt>(StatusCodes.Status201Created).Produces<ConsentReceipt>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("RecordConsent").WithTags("Consents").WithSummary("Hand in a consent")
            .WithDescription("201 where it was recorded, 200 where the person stood there already. A number that has stopped is refused (409): only its owner can start again, and after a complaint or a block not even they. Where the purpose or the law of the person's country asks for it, the number's owner is texted and the consent is pending until they answer YES.");
        api.MapPost("/consents/lookup", LookUpAsync).Needs(Permissions.ViewSubscribers).Accepts<LookupRequest>("application/json")
            .Produces<NumberStanding>()
            .WithName("LookUpConsents").WithTags("Consents").WithSummary("Ask where a number stands")
            .WithDescription("Status per purpose, frequency, pause and stops. A POST, because an address with a number in it would stand in logs; it changes nothing.");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> TakeAsync(
        ApiBody<ConsentRequest> body, HttpContext context, TakeConsent take, LookupHash hashes, CancellationToken cancellationToken)
    {
        if (!Repeatable.Of(context, body.Text, hashes).TryGet(out var request, out var wrongKey))
            return ApiProblem.Of(wrongKey);
        var (consent, problem) = body.Value.ToConsent();
        return consent is null ? problem! : Repeatable.Answer(context, await take.ExecuteAsync(ApiKeyScheme.ActorOf(context), consent, request, cancellationToken));
    }

    private static async Task<Results<JsonHttpResult<NumberStanding>, ProblemHttpResult>> LookUpAsync(
        ApiBody<LookupRequest> body, HttpContext context, ConsentLookup lookup, CancellationToken cancellationToken)
    {
        var fields = new FieldCheck();
        var phone = fields.Phone(body.Value.Phone, body.Value.Country);
        if (fields.Problem is { } problem)
            return problem;
        var found = await lookup.FindAsync(ApiKeyScheme.ActorOf(context), phone!, body.Value.Purpose, cancellationToken);
        return found.TryGet(out var standing, out var refused) ? TypedResults.Json(standing, JsonLines.Options) : ApiProblem.Of(refused);
    }
}

internal sealed record LookupRequest
{
    [Required]
    [Description("The number: international, or national with \"country\".")]
    public string? Phone { get; init; }

    [Description("ISO 3166, two letters: whose national format the number is written in.")]
    public string? Country { get; init; }

    [Description("The purpose's id, its name, or its name in small letters with hyphens; all purposes where left out.")]
    public string? Purpose { get; init; }
}
