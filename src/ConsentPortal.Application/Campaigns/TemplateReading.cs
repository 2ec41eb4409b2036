using System.Collections.Frozen;
using ConsentPortal.Domain;
using Fluid.Ast;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Walks a parsed text once: collects its fields and stops at the first thing that a message may not hold.</summary>
internal sealed class TemplateReading(IReadOnlyCollection<string> ofProgram) : AstVisitor
{
    public static readonly FrozenSet<string> Filters =
        FrozenSet.Create(StringComparer.Ordinal, "default", "upcase", "downcase", "capitalize", "strip", "truncate", "append", "prepend");

    /// <summary>Stands for a part of a name that is worked out.</summary>
    private const string Unnamed = "…";

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
        foreach (var field in Unguarded(outputStatement))
        {
            if (field.MayBeMissing)
                Refused ??= new MergeFieldNeedsFallback(field.Name);
            if (ofProgram.Contains(field.Name))
                _needed.Add(field.Name);
        }

        return result;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var name = NameOf(memberExpression);
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
        MergeField.All.FirstOrDefault(f => f.Name == name) ?? _fields.Find(f => f.Name == name)
        ?? (ofProgram.Contains(name) ? MergeField.OfProgram(name) : IsAttribute(name) ? MergeField.OfAttribute(name) : null);

    private static bool IsAttribute(string name) => name.Split('.') is [MergeField.Attribute, { Length: > 0 } own] && own != Unnamed;

    /// <summary>The fields whose absence somebody would read: no fallback stands in their place, or what was added to them keeps it from doing so.</summary>
    private List<MergeField> Unguarded(OutputStatement output)
    {
        var filters = new Stack<FilterExpression>();
        var expression = output.Expression;
        for (; expression is FilterExpression filter; expression = filter.Input)
            filters.Push(filter);
        var (empty, torn) = (FieldsOf(expression), new List<MergeField>());
        foreach (var filter in filters.Concat(output.Filters ?? []))
        {
            var arguments = filter.Parameters.SelectMany(p => FieldsOf(p.Expression)).ToList();
            if (filter.Name == "default")
            {
                // One field that stands in for another may be missing with it.
                empty = empty.Count == 0 ? empty : arguments;
            }
            else if (filter.Name is "append" or "prepend")
            {
                // With something beside it the text is not empty any more, and a fallback that follows is never taken.
                torn.AddRange([.. empty, .. arguments]);
                empty = [];
            }
            else
            {
                torn.AddRange(arguments);
            }
        }

        return [.. torn, .. empty];
    }

    private List<MergeField> FieldsOf(Expression expression) => expression is MemberExpression member && Find(NameOf(member)) is { } field ? [field] : [];

    private static string NameOf(MemberExpression member) => string.Join('.', member.Segments.Select(s => s is IdentifierSegment segment ? segment.Identifier : Unnamed));

    private static string NameOf(Statement statement) => statement.GetType().Name.Replace("Statement", "", StringComparison.Ordinal).ToLowerInvariant();
}
