using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// Whether one text may go to one person at one instant. Pure and total: the same facts, policy and instant give the
/// same decision on every machine, and no facts make it throw.
/// </summary>
public static class SendPolicy
{
    /// <param name="instant">When the text would be handed to the provider.</param>
    public static SendDecision Evaluate(SendFacts facts, PolicyVersion policy, DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        return Evaluation.Run(facts, policy, instant);
    }
}
