using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary><c>/withdrawals</c>: hands in a stop that another program has heard.</summary>
internal static class WithdrawalEndpoints
{
    public static void MapWithdrawals(this IEndpointRouteBuilder api) =>
        api.MapPost("/withdrawals", TakeAsync).Needs(Permissions.RecordConsent).TakesKey().Accepts<WithdrawalRequest>("application/json")
            .Produces<WithdrawalReceipt>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("RecordWithdrawal").WithTags("Withdrawals").WithSummary("Hand in a stop")
            .WithDescription("It takes effect at once: consent that it reaches ends, planned texts are skipped, the number is listed. A number that nobody here has is listed too.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> TakeAsync(
        ApiBody<WithdrawalRequest> body, HttpContext context, TakeWithdrawal take, LookupHash hashes, CancellationToken cancellationToken)
    {
        if (!Repeatable.Of(context, body.Text, hashes).TryGet(out var request, out var wrongKey))
            return ApiProblem.Of(wrongKey);
        var (heard, problem) = body.Value.ToWithdrawal();
        return heard is null ? problem! : Repeatable.Answer(context, await take.ExecuteAsync(ApiKeyScheme.ActorOf(context), heard, request, cancellationToken));
    }
}

internal sealed record WithdrawalRequest
{
    [Required]
    [Description("The number: international, or national with \"country\".")]
    public string? Phone { get; init; }

    [Description("ISO 3166, two letters: whose national format the number is written in.")]
    public string? Country { get; init; }

    [Description("How far it reaches: all (the default), marketing, purpose or sender.")]
    public SuppressionScope? Scope { get; init; }

    [Description("The purpose's id or name; only with the scope \"purpose\".")]
    public string? Purpose { get; init; }

    [Description("The number or name that texts come from; only with the scope \"sender\".")]
    public string? Sender { get; init; }

    [Description("Why, in words that name nobody; kept for good.")]
    public string? Reason { get; init; }

    [Description("When the person said so; UTC unless an offset is given. Now where left out.")]
    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? At { get; init; }

    /// <returns>What the use case takes, or a problem with a sentence for each field that is wrong.</returns>
    public (HeardWithdrawal? Withdrawal, ProblemHttpResult? Problem) ToWithdrawal()
    {
        var fields = new FieldCheck();
        var phone = fields.Phone(Phone, Country);
        var scope = Scope ?? SuppressionScope.All;
        fields.Check("purpose", scope == SuppressionScope.Purpose == !string.IsNullOrWhiteSpace(Purpose), "Name the purpose with the scope \"purpose\", and only then. Nothing was recorded.");
        fields.Check("sender", scope == SuppressionScope.Sender == !string.IsNullOrWhiteSpace(Sender), "Name the sender with the scope \"sender\", and only then. Nothing was recorded.");
        fields.Check("reason", !(Reason?.Length > 400), "This is longer than 400 characters.");
        return fields.Problem is { } problem ? (null, problem) : (new HeardWithdrawal(phone!, scope, Purpose, Sender?.Trim(), Reason, At), null);
    }
}
