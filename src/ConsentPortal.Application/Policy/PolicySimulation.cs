using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Policy;

/// <summary>Why a past decision can't be worked out again.</summary>
public enum LostDecision
{
    /// <summary>The person was erased since.</summary>
    Erased = 1,

    /// <summary>The text went to a number that the person no longer has.</summary>
    NumberChanged = 2,

    /// <summary>The words of the text are not kept.</summary>
    WordsGone = 3,

    /// <summary>Today's facts of that instant give another answer under the version of that day: something that has no history was changed since.</summary>
    OtherAnswer = 4,

    /// <summary>While it waited, the text was stopped by an act or ran out of time; the row keeps that moment instead of the policy's.</summary>
    StoppedMeanwhile = 5,
}

/// <summary>Texts that the draft would have treated otherwise, for one reason.</summary>
/// <param name="Was">What was decided, and comes out again under the version of that day.</param>
/// <param name="Reason">What decided: under the draft, or for a text that it would let go, under the version of that day.</param>
public sealed record SimulatedChange(DecisionKind Was, DecisionKind Would, SendReason? Reason, string? Rule, int Count);

public sealed record LostDecisions(LostDecision Cause, int Count);

public enum SimulationRunState
{
    Running = 1,

    /// <summary>By somebody, or with the portal.</summary>
    Stopped = 2,

    /// <summary>By an error, which is in the log.</summary>
    Failed = 3,

    /// <summary>The process in which it ran is gone without having said so.</summary>
    Interrupted = 4,
}

/// <summary>The newest run of a simulation, as long as it has come to no result; it is stored with the draft.</summary>
/// <param name="At">When it began (UTC).</param>
/// <param name="Hash">Of the draft that it judges by.</param>
public sealed record SimulationRun(SimulationRunState State, DateTimeOffset At, Guid ById, string Hash);

/// <summary>What a draft would have done with the texts of a time, as it is stored with the draft.</summary>
/// <param name="Hash">Of the draft that was simulated; another text of the draft needs another simulation.</param>
/// <param name="Judged">Every text on which the policy had decided.</param>
/// <param name="Same">Decided by the draft as it was.</param>
/// <param name="Changes">Most texts first.</param>
/// <param name="Lost">Decisions that could not be reproduced; nothing is claimed of them.</param>
public sealed record PolicySimulation(
    Guid Id, string Hash, DateTimeOffset At, Guid? ById, DateTimeOffset Since, int Judged, int Same, IReadOnlyList<SimulatedChange> Changes, IReadOnlyList<LostDecisions> Lost)
{
    [JsonIgnore]
    public int NotReproduced => Lost.Sum(l => l.Count);

    [JsonIgnore]
    public int Changed => Changes.Sum(c => c.Count);

    /// <summary>Texts that went and that the draft would have stopped or made wait.</summary>
    public int Would(DecisionKind kind) => Changes.Where(c => c.Was == DecisionKind.Allow && c.Would == kind).Sum(c => c.Count);

    /// <summary>Texts that were held back and that the draft would have let go.</summary>
    [JsonIgnore]
    public int WouldAllow => Changes.Where(c => c.Would == DecisionKind.Allow).Sum(c => c.Count);

    /// <summary>Texts that stay held back, in another way than then.</summary>
    [JsonIgnore]
    public int OtherwiseHeld => Changes.Where(c => c.Was != DecisionKind.Allow && c.Would != DecisionKind.Allow).Sum(c => c.Count);
}

/// <summary>What is stored with a draft: its newest result, and the run after it that has none.</summary>
internal sealed record StoredSimulations(PolicySimulation? Finished, SimulationRun? Run)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static StoredSimulations None { get; } = new(null, null);

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Also takes a result alone: so it was stored before runs were.</summary>
    public static StoredSimulations Read(string json)
    {
        using var text = JsonDocument.Parse(json);
        return text.RootElement.TryGetProperty("judged", out _)
            ? new StoredSimulations(text.Deserialize<PolicySimulation>(Json), null)
            : text.Deserialize<StoredSimulations>(Json)!;
    }
}
