using System.Collections.Concurrent;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <param name="Phone">The handset's digits.</param>
/// <param name="Sender">Digits, or a name.</param>
public sealed record SimulatedBlock(string Phone, string Sender, DateTimeOffset Since)
{
    /// <summary>Without the number, so that the record can stand in a log.</summary>
    public override string ToString() => "Simulated block";
}

/// <summary>Pairs of a handset and one of our numbers between which the provider lets no text pass. Thread-safe.</summary>
public sealed class SimulatorBlocks
{
    private readonly ConcurrentDictionary<(string Phone, string Sender), DateTimeOffset> _pairs = new();

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SimulatedBlock> All => [.. _pairs.Select(pair => new SimulatedBlock(pair.Key.Phone, pair.Key.Sender, pair.Value)).OrderByDescending(block => block.Since)];

    public bool Contains(string phone, string sender) => _pairs.ContainsKey(Pair(phone, sender));

    /// <summary>A block that is there stays as it is.</summary>
    public void Add(string phone, string sender, DateTimeOffset now) => _pairs.TryAdd(Pair(phone, sender), now);

    /// <returns>False when there was none.</returns>
    public bool Remove(string phone, string sender) => _pairs.TryRemove(Pair(phone, sender), out _);

    private static (string, string) Pair(string phone, string sender) => (VonageNumber.Digits(phone), VonageNumber.Digits(sender));
}
