using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Policy;

/// <summary>
/// One version of the sending policy as data; old versions stay with the decisions made under them. It is a draft until a
/// second person, who wrote none of it, lets it govern from an instant on.
/// </summary>
public sealed class PolicyRow
{
    public required int Version { get; init; }

    public required string Json { get; set; }

    public required string Reason { get; init; }

    public required Guid? AuthorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version from which the draft was begun; null for a version that is no child of another.</summary>
    public int? BaseVersion { get; init; }

    /// <summary>Everybody who wrote in the draft, its author first: ids with blanks between them.</summary>
    public string WriterIds { get; private set; } = "";

    /// <summary>Changes with every act, so that two people can't overwrite each other unnoticed.</summary>
    public Guid Stamp { get; private set; }

    public DateTimeOffset? AskedAt { get; private set; }

    public Guid? AskedById { get; private set; }

    public Guid? ApprovedById { get; set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>From when it governs; null while it is a draft.</summary>
    public DateTimeOffset? ActiveFrom { get; set; }

    public DateTimeOffset? AbandonedAt { get; private set; }

    public Guid? AbandonedById { get; private set; }

    /// <summary>The newest finished simulation, which counts only while its hash is that of the draft, and the run after it: JSON.</summary>
    public string? SimulationJson { get; private set; }

    public bool IsDraft => ActiveFrom is null && AbandonedAt is null;

    public IReadOnlyList<Guid> Writers => [.. WriterIds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    public PolicyVersion Policy => JsonSerializer.Deserialize<PolicyVersion>(Json, ActivePolicy.Json)! with { Number = Version };

    /// <summary>SHA-256 of the text of the draft, in hex: what a simulation and an approval are bound to.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    public PolicySimulation? Simulation => Simulations.Finished;

    /// <summary>The newest run of a simulation while it has come to no result.</summary>
    public SimulationRun? Run => Simulations.Run;

    private StoredSimulations Simulations => SimulationJson is null ? StoredSimulations.None : StoredSimulations.Read(SimulationJson);

    /// <summary>Takes new settings from a writer; whoever asked for a second person has to ask again.</summary>
    public void Write(Guid writer, PolicyVersion policy, DateTimeOffset now)
    {
        Json = JsonSerializer.Serialize(policy, ActivePolicy.Json);
        if (!Writers.Contains(writer))
            WriterIds = $"{WriterIds} {writer}".TrimStart();
        (AskedAt, AskedById) = (null, null);
        Touch(now);
    }

    /// <summary>Notes that a simulation of the draft is at work.</summary>
    public Result<Done> Begin(SimulationRun run)
    {
        if (!IsDraft)
            return new PolicyIsNoDraft(Version);
        if (run.Hash != Hash)
            return new DraftChangedMeanwhile();
        SimulationJson = (Simulations with { Run = run }).Write();
        return Done.Value;
    }

    /// <summary>Notes that the run has ended without a result.</summary>
    public void End(SimulationRunState state)
    {
        if (Run is { } run)
            SimulationJson = (Simulations with { Run = run with { State = state } }).Write();
    }

    public Result<Done> Keep(PolicySimulation simulation, DateTimeOffset now)
    {
        if (!IsDraft || simulation.Hash != Hash)
            return new DraftChangedMeanwhile();
        SimulationJson = new StoredSimulations(simulation, null).Write();
        Touch(now);
        return Done.Value;
    }

    public Result<Done> Ask(Guid staff, DateTimeOffset now)
    {
        if (!IsDraft)
            return new PolicyIsNoDraft(Version);
        if (Simulation?.Hash != Hash)
            return new SimulationNeeded();
        (AskedAt, AskedById) = (now, staff);
        Touch(now);
        return Done.Value;
    }

    /// <param name="seenHash">Of the text that stood on the approver's screen.</param>
    public Result<Done> Activate(Guid staff, string seenHash, DateTimeOffset from, DateTimeOffset now)
    {
        if (!IsDraft)
            return new PolicyIsNoDraft(Version);
        if (seenHash != Hash)
            return new DraftChangedMeanwhile();
        if (Simulation?.Hash != Hash)
            return new SimulationNeeded();
        if (AskedAt is null)
            return new NotAskedYet();
        if (Writers.Contains(staff) || AuthorId == staff || AskedById == staff)
            return new OtherPersonNeeded();
        (ApprovedById, ApprovedAt, ActiveFrom) = (staff, now, from);
        Touch(now);
        return Done.Value;
    }

    /// <summary>Makes a draft again of what has not begun to govern.</summary>
    public Result<Done> TakeBack(DateTimeOffset now)
    {
        if (ActiveFrom is not { } from || from <= now)
            return new GovernsAlready(Version);
        (ApprovedById, ApprovedAt, ActiveFrom, AskedAt, AskedById) = (null, null, null, null, null);
        Touch(now);
        return Done.Value;
    }

    public Result<Done> Abandon(Guid staff, DateTimeOffset now)
    {
        if (!IsDraft)
            return new PolicyIsNoDraft(Version);
        (AbandonedAt, AbandonedById) = (now, staff);
        Touch(now);
        return Done.Value;
    }

    private void Touch(DateTimeOffset now) => Stamp = Guid.CreateVersion7(now);
}

/// <summary>One text of a simulation that the draft would have treated otherwise, or whose decision could not be worked out again.</summary>
public sealed class SimulatedText
{
    public required Guid SimulationId { get; init; }

    public required long MessageId { get; init; }

    public required int PolicyVersion { get; init; }

    public required DecisionKind Was { get; init; }

    /// <summary>What comes out today under the old version; null where the facts are lost.</summary>
    public DecisionKind? Again { get; init; }

    /// <summary>Null where the decision could not be reproduced: then nothing is claimed of the draft.</summary>
    public DecisionKind? Would { get; init; }

    /// <summary>What decided: under the draft, or for a text that it would let go, under the version of that day.</summary>
    public SendReason? Reason { get; init; }

    public string? Rule { get; init; }

    public DateTimeOffset? Until { get; init; }

    public LostDecision? Lost { get; init; }
}

internal sealed class PolicyMapping : IEntityTypeConfiguration<PolicyRow>, IEntityTypeConfiguration<SimulatedText>
{
    public void Configure(EntityTypeBuilder<PolicyRow> builder)
    {
        builder.ToTable("Policies");
        builder.HasKey(p => p.Version);
        builder.Property(p => p.Version).ValueGeneratedNever();
        builder.Property(p => p.Reason).HasMaxLength(400);
        builder.Property(p => p.Stamp).IsConcurrencyToken();
        builder.Ignore(p => p.IsDraft);
        builder.Ignore(p => p.Writers);
        builder.Ignore(p => p.Policy);
        builder.Ignore(p => p.Hash);
        builder.Ignore(p => p.Simulation);
        builder.Ignore(p => p.Run);
        builder.HasIndex(p => p.ActiveFrom);
    }

    public void Configure(EntityTypeBuilder<SimulatedText> builder)
    {
        builder.ToTable("SimulatedTexts");
        builder.HasKey(t => new { t.SimulationId, t.MessageId });
        builder.Property(t => t.Rule).HasMaxLength(20);
        builder.HasIndex(t => t.PolicyVersion);
    }
}
