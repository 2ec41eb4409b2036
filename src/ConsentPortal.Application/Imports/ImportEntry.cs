using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// What the audit trail tells of one row of a list. A row that brings a person together with their answer is one act and one
/// entry: it stands under the action of the answer, because that is what is looked for, and holds the facts of the person too.
/// </summary>
internal sealed class ImportEntry(ImportRun run, ImportRow row, Subscriber subscriber)
{
    // A new person who agrees: more would make the dictionary grow, millions of times.
    private const int MostFacts = 11;

    private readonly Dictionary<string, object?> _after = new(MostFacts) { ["import"] = run.BatchId.ToString(), ["row"] = row.Number };
    private Dictionary<string, object?>? _before;
    private string? _action;

    public bool SaysSomething => _action is not null;

    /// <summary>Adds facts, and takes over the action of what was said last.</summary>
    public void Say(string action, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        _action = action;
        foreach (var (name, value) in facts)
            _after[name] = value;
    }

    /// <summary>Something that was there before the row. A new person has nothing, and needs no dictionary for it.</summary>
    public void Changes(string name, object? before, object? after) => ((_before ??= [])[name], _after[name]) = (before, after);

    public AuditEntry Made() => AuditTrail.Entry(
        run.Actor, run.Now, new AuditFact(_action!, "subscriber", subscriber.Id.ToString(), subscriber.Id, $"Import, row {row.Number}", _before, _after, PolicyVersion: run.Policy.Number));
}
