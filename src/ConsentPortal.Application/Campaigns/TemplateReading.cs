using System.Collections.Frozen;
using ConsentPortal.Domain;
using Fluid.Ast;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Walks a parsed text once: collects its fields and stops at the first thing that a message may not hold.</summary>
internal sealed class TemplateReading(IReadOnlyCollection<string> ofProgram) : AstVisitor
{
    public static readonly FrozenSet<string> Filters =
        FrozenSet.Create(StringComparer.Ordinal, "default", "upcase", "downcase", "capitalize", "strip", "truncate", "append", "prepend");

    private readonly List<MergeField> _fields = [];
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);

    public Failure? Refused { get; private set; }

    public IReadOnlyList<MergeField> Fields => _fields;

    public IReadOnlyCollection<string> Needed => _needed;

    public override Statement Visit(Statement statement)
    {
        // An "if" without "else" visits the branch that it lacks.
        if (statement is null)
            return null!;
        if (statement is not (TextSpanStatement or OutputStatement or IfStatement or UnlessStatement or ElseIfStatement or ElseStatement or CommentStatement or NoOpStatement))
            Refused ??= new MergeTagRefused(NameOf(statement));
        return Refused is null ? base.Visit(statement) : statement;
    }

    protected override Statement VisitOutputStatement(OutputStatement outputStatement)
    {
        var result = base.VisitOutputStatement(outputStatement);
        var unguarded = Unguarded(outputStatement);
        if (unguarded is { MayBeMissing: true } field)
            Refused ??= new MergeFieldNeedsFallback(field.Name);
        if (unguarded is { } needed && ofProgram.Contains(needed.Name))
            _needed.Add(needed.Name);
        return result;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var name = string.Join('.', memberExpression.Segments.Select(s => s is IdentifierSegment segment ? segment.Identifier : "…"));
        if (Find(name) is not { } field)
            Refused ??= new UnknownMergeField(name);
        else if (!_fields.Contains(field))
            _fields.Add(field);
        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!Filters.Contains(filterExpression.Name))
            Refused ??= new MergeFilterRefused(filterExpression.Name);
        return base.VisitFilterExpression(filterExpression);
    }

    private MergeField? Find(string name) =>
        MergeField.All.FirstOrDefault(f => f.Name == name) ?? _fields.Find(f => f.Name == name) ?? (ofProgram.Contains(name) ? MergeField.OfProgram(name) : null);

    /// <summary>The field that is written out without any fallback on its way.</summary>
    private MergeField? Unguarded(OutputStatement output)
    {
        if (output.Filters?.Any(f => f.Name == "default") == true)
            return null;
        var expression = output.Expression;
        while (expression is FilterExpression filter)
        {
            if (filter.Name == "default")
                return null;
            expression = filter.Input;
        }

        return expression is MemberExpression { Segments: [IdentifierSegment field] } ? Find(field.Identifier) : null;
    }

    private static string NameOf(Statement statement) => statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal).ToLowerInvariant();
}
