using System.Globalization;
using System.Text.Json;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Commands;

/// <summary>One decision of <c>policy check</c>.</summary>
/// <param name="Until">UTC; only of a deferral.</param>
/// <param name="Reasons">Everything that speaks against the text, in gate order; empty for an allowed one.</param>
/// <param name="Warnings">What staff should know although it stops nothing.</param>
/// <param name="LocalTimes">The instant on each of <paramref name="Zones"/>, with its offset.</param>
/// <param name="Encoding">Null when the body is not known.</param>
internal sealed record PolicyAnswer(
    JsonElement? Id,
    DecisionKind Decision,
    string? Until,
    IReadOnlyList<PolicyReason> Reasons,
    IReadOnlyList<PolicyReason> Warnings,
    IReadOnlyList<string> Zones,
    IReadOnlyList<string> LocalTimes,
    int PolicyVersion,
    SmsEncoding? Encoding,
    int? Parts)
{
    public static PolicyAnswer Of(JsonElement? id, SendDecision decision, SmsMeasure? measure)
    {
        var isAllowed = decision.Kind == DecisionKind.Allow;
        return new PolicyAnswer(
            id,
            decision.Kind,
            (decision as SendDecision.Defer)?.Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            decision.Findings.Where(f => IsReason(f, isAllowed)).Select(PolicyReason.Of).ToArray(),
            decision.Findings.Where(f => !IsReason(f, isAllowed)).Select(PolicyReason.Of).ToArray(),
            decision.Zones,
            decision.LocalTimes.Select(t => t.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)).ToArray(),
            decision.PolicyVersion,
            measure?.Encoding,
            measure?.Parts);
    }

    // That a text was judged as marketing explains why it was stopped.
    private static bool IsReason(Finding finding, bool isAllowed) =>
        finding.Outcome >= GateOutcome.Defer || (!isAllowed && finding.Reason == SendReason.Reclassified);
}

/// <param name="Code">The reason's stable name.</param>
internal sealed record PolicyReason(Gate Gate, string Rule, SendReason Code, string Text)
{
    public static PolicyReason Of(Finding finding) => new(finding.Gate, finding.Rule.Id, finding.Reason, finding.Text);
}
