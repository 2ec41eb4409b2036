using ConsentPortal.Application.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary><c>/decisions</c>: the facts of <c>policy check</c> in, the decision out, by the policy that governs at that instant. Nothing of it is kept.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder api) =>
        api.MapPost("/decisions", DecideAsync).Needs(Permissions.ViewPolicy).Accepts<PolicyQuestion>("application/json")
            .Produces<PolicyAnswer>()
            .WithName("Decide").WithTags("Decisions").WithSummary("Ask whether a text may be sent")
            .WithDescription("Facts in, decision out, with the rules that led to it: the same as the verb \"policy check\", under the policy that is active at the instant of the question. What is absent is not known. Nothing is kept.");

    private static async Task<Results<JsonHttpResult<PolicyAnswer>, ProblemHttpResult>> DecideAsync(
        ApiBody<PolicyQuestion> body, HttpContext context, ActivePolicy policy, CancellationToken cancellationToken)
    {
        var governing = await policy.AtAsync(ApiKeyScheme.ActorOf(context), body.Value.At, cancellationToken);
        try
        {
            return TypedResults.Json(PolicyCheckCommand.Answer(body.Value, governing), JsonLines.Options);
        }
        catch (InputException problem)
        {
            return ApiProblem.Field(problem.Field, problem.Sentence);
        }
    }
}
