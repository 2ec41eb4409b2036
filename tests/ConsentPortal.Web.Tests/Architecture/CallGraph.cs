using System.Text.RegularExpressions;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Staff;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>Which method of the use cases calls or hands on which other one, by the compiled code; what the compiler made of lambdas and of asynchronous methods belongs to them.</summary>
internal sealed partial class CallGraph : IDisposable
{
    /// <summary>What runs the work that it is handed in a transaction.</summary>
    private static readonly (Type Type, string Method)[] Writing =
    [
        (typeof(PortalDatabase), nameof(PortalDatabase.WriteAsync)), (typeof(PortalDatabase), nameof(PortalDatabase.WriteAsJobAsync)),
        (typeof(CampaignChange), nameof(CampaignChange.ApplyAsync)), (typeof(PolicyChange), nameof(PolicyChange.ApplyAsync)), (typeof(ApiAnswers), nameof(ApiAnswers.OnceAsync)),
        (typeof(OwnAccounts), nameof(OwnAccounts.WriteAsync)),
    ];

    private readonly ModuleDefinition _module = ModuleDefinition.ReadModule(PortalArchitecture.UseCases.Location);

    /// <summary>Each transaction to write, but for those of the demo business: the method that opens it, and the work that it hands over; where it hands on what it was given itself, that method.</summary>
    public IEnumerable<(MethodDefinition Writer, MethodDefinition Work)> Transactions =>
        from type in _module.GetTypes()
        where !Writing.Any(way => way.Type.FullName == Outermost(type).FullName) && Outermost(type).Namespace != typeof(DemoPortal).Namespace
        from method in type.Methods
        where method.HasBody
        from call in method.Body.Instructions
        where call.Operand is MethodReference called && IsWrite(called)
        select (method, WorkOf(call) ?? method);

    public void Dispose() => _module.Dispose();

    /// <summary>Whether a call leads to the audit trail, over however many methods.</summary>
    public bool LeadsToTheTrail(MethodDefinition method)
    {
        var (seen, next) = (new HashSet<MethodDefinition>(), new Stack<MethodDefinition>([method]));
        while (next.TryPop(out var current))
        {
            if (current.DeclaringType.FullName == typeof(AuditTrail).FullName)
                return true;
            if (seen.Add(current))
                foreach (var called in Called(current).Concat(Bodies(current)).Select(Own).OfType<MethodDefinition>())
                    next.Push(called);
        }

        return false;
    }

    /// <summary>"Type.Method" as somebody wrote it.</summary>
    public static string NameOf(MethodDefinition method)
    {
        var (type, name) = (method.DeclaringType, method.Name);
        while (type.DeclaringType is { } outer && type.Name.StartsWith('<'))
            (type, name) = (outer, Written().Match(name) is { Success: true } ? name : type.Name);
        return $"{type.Name.Split('`')[0]}.{(Written().Match(name) is { Success: true } match ? match.Groups[1].Value : name)}";
    }

    /// <summary>The lambda that was made last before the call.</summary>
    private static MethodDefinition? WorkOf(Instruction call)
    {
        for (var before = call.Previous; before is not null && !(before.Operand is MethodReference called && IsWrite(called)); before = before.Previous)
            if (before.OpCode == OpCodes.Ldftn)
                return ((MethodReference)before.Operand).Resolve();
        return null;
    }

    private static bool IsWrite(MethodReference called) => Writing.Any(way => called.DeclaringType.FullName == way.Type.FullName && called.Name == way.Method);

    private static IEnumerable<MethodReference> Called(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() : [];

    /// <summary>Where the compiler put what stands in an asynchronous method.</summary>
    private static IEnumerable<MethodReference> Bodies(MethodDefinition method) =>
        from attribute in method.CustomAttributes
        where attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal)
        let machine = ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve()
        from body in machine.Methods
        where body.Name == "MoveNext"
        select body;

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private MethodDefinition? Own(MethodReference method) => method.DeclaringType.Scope == _module ? method.Resolve() : null;

    [GeneratedRegex(@"^<(\w+)>")]
    private static partial Regex Written();
}
