using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary><c>/privacy-requests</c>: hands in what a person asks about their data, as another program has heard it.</summary>
internal static class PrivacyRequestIntake
{
    public static void MapPrivacyRequestIntake(this IEndpointRouteBuilder api) =>
        api.MapPost("/privacy-requests", TakeAsync).Needs(Permissions.HandlePrivacyRequests).TakesKey().Accepts<PrivacyRequestRequest>("application/json")
            .Produces<PrivacyRequestReceipt>().Produces<PrivacyRequestReceipt>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("OpenPrivacyRequest").WithTags("Privacy requests").WithSummary("Hand in a request about personal data")
            .WithDescription("Opens it unverified and starts its clock: 201. Where the person asks for the same in a request that is still open, that one is the answer: 200, and what they wrote is kept with it (wasMessageAdded). Where nobody here has the number, a request is opened too, and the answer is that nothing is held. Staff make sure who asks, and answer.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> TakeAsync(
        ApiBody<PrivacyRequestRequest> body, HttpContext context, TakePrivacyRequest take, LookupHash hashes, CancellationToken cancellationToken)
    {
        if (!Repeatable.Of(context, body.Text, hashes).TryGet(out var request, out var wrongKey))
            return ApiProblem.Of(wrongKey);
        var (heard, problem) = body.Value.ToHeard();
        return heard is null ? problem! : Repeatable.Answer(context, await take.ExecuteAsync(ApiKeyScheme.ActorOf(context), heard, request, cancellationToken));
    }
}

internal sealed record PrivacyRequestRequest
{
    [Required]
    [Description("The number: international, or national with \"country\".")]
    public string? Phone { get; init; }

    [Description("ISO 3166, two letters: whose national format the number is written in.")]
    public string? Country { get; init; }

    [Required]
    [Description("access, portability, rectification, erasure, restriction, objection, optOutOfSale or withdrawal.")]
    public PrivacyRequestKind? Kind { get; init; }

    [Description("How it came in, such as web form or chat; API where left out.")]
    public string? Source { get; init; }

    [Description("The person's own words; deleted with their data.")]
    public string? Message { get; init; }

    [Description("When it reached you; UTC unless an offset is given. Now where left out. The clock runs from here.")]
    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <returns>What the use case takes, or a problem with a sentence for each field that is wrong.</returns>
    public (HeardPrivacyRequest? Heard, ProblemHttpResult? Problem) ToHeard()
    {
        var fields = new FieldCheck();
        var phone = fields.Phone(Phone, Country);
        fields.Check("kind", Kind is not null, "Say what the person asks for.");
        fields.Check("source", !(Source?.Length > 60), "This is longer than 60 characters.");
        fields.Check("message", !(Message?.Length > AskAboutData.LongestMessage), "This is longer than 1,500 characters.");
        return fields.Problem is { } problem ? (null, problem) : (new HeardPrivacyRequest(phone!, Kind!.Value, Source, Message, ReceivedAt), null);
    }
}
