using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Policy;

/// <summary>A stored decision, worked out again from the facts of its instant and the version of that day.</summary>
/// <param name="Decision">Null where the facts are lost.</param>
/// <param name="Lost">Null when exactly the stored decision came out.</param>
internal sealed record RecomputedDecision(SendDecision? Decision, PastFacts Facts, LostDecision? Lost);

/// <summary>Works past decisions out again; nothing of a person is kept for it.</summary>
internal sealed class Recomputation
{
    private readonly PastPolicies _past;

    private Recomputation(PastPolicies past) => _past = past;

    public static async Task<Recomputation> OpenAsync(PortalDbContext db, CancellationToken cancellationToken) => new(await PastPolicies.OpenAsync(db, cancellationToken));

    public RecomputedDecision Of(OutboundMessage text, PastFacts past)
    {
        if (past.Facts is not { } facts)
            return new RecomputedDecision(null, past, Of(past.Lost!.Value));
        if (WasStopped(text))
            return new RecomputedDecision(null, past, LostDecision.StoppedMeanwhile);
        var decision = SendPolicy.Evaluate(facts, VersionOf(text), text.DecidedAt!.Value);
        return new RecomputedDecision(decision, past, IsSame(text, decision.Compact) ? null : LostDecision.OtherAnswer);
    }

    private PolicyVersion VersionOf(OutboundMessage text) =>
        text.PolicyVersion is { } number ? _past.Of(number) : PolicyVersion.Default;

    /// <summary>A deferral that an act ended, or that was not asked again because its time was over.</summary>
    private static bool WasStopped(OutboundMessage text) =>
        text is { State: MessageState.Skipped, DecisionKind: (int)DecisionKind.Defer } && (text.Reason != nameof(SendReason.PastNotAfter) || text.DecidedAt >= text.NotAfter);

    private static bool IsSame(OutboundMessage text, CompactDecision again) =>
        text.DecisionKind == (int)again.Kind && (text.FailedGates ?? 0) == again.FailedGates && text.Rule == again.RuleId;

    private static LostDecision Of(LostFacts lost) => lost switch
    {
        LostFacts.Erased => LostDecision.Erased,
        LostFacts.NumberChanged => LostDecision.NumberChanged,
        LostFacts.WordsGone => LostDecision.WordsGone,
    };
}
