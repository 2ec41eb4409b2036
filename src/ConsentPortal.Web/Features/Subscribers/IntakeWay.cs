using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>How an agreement outside the portal reached whoever writes it down.</summary>
/// <param name="Name">Kept with the evidence as the place where it happened.</param>
/// <param name="Levels">How strong such an agreement can be, strongest first.</param>
public sealed record IntakeWay(string Name, ConsentChannel Channel, bool IsSpoken, IReadOnlyList<ConsentLevel> Levels)
{
    private static readonly ConsentLevel[] Written = [ConsentLevel.ExpressWritten, ConsentLevel.Express, ConsentLevel.SoftOptIn, ConsentLevel.Implied];
    private static readonly ConsentLevel[] Spoken = [ConsentLevel.Express, ConsentLevel.SoftOptIn, ConsentLevel.Implied];

    public static IReadOnlyList<IntakeWay> All { get; } =
    [
        new("On paper", ConsentChannel.Paper, false, Written),
        new("By letter", ConsentChannel.Paper, false, Written),
        new("On the phone", ConsentChannel.Staff, true, Spoken),
        new("In person", ConsentChannel.Staff, true, Spoken),
        new("On another website", ConsentChannel.WebForm, false, Written),
    ];
}
