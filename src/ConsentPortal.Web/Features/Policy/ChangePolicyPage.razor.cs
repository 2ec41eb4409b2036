using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The reason with which a draft begins.</summary>
public sealed partial class ChangePolicyPage(StartPolicyDraft start)
{
    private string _reason = "";
    private Failure? _problem;

    private string? WhyNot => ReasonNeeded.IsMetBy(_reason) ? null : "Say why first.";

    private Task StartAsync() => RunAsync(async () =>
    {
        if ((await start.ExecuteAsync(Actor, _reason, Closing)).TryGet(out var version, out _problem))
            LeaveFor(Paths.PolicyVersion(version));
    });
}
