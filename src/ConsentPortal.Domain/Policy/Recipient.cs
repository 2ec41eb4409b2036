using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Subscribers;
using PhoneNumbers;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// What a number tells about itself, worked out once and without the number in it: validity, line type, region, states
/// and candidate time zones. Numbers of the same exchange share their place, so a million recipients cost few objects.
/// </summary>
public sealed class Recipient
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    private Recipient(bool isValid, bool isReserved, LineType lineType, NumberPlace place) =>
        (IsValid, IsReserved, LineType, Place) = (isValid, isReserved, lineType, place);

    /// <summary>Text that is no valid number in E.164.</summary>
    public static Recipient Invalid { get; } = new(false, false, LineType.Unknown, NumberPlace.Nowhere);

    /// <summary>Matches an assigned pattern; says nothing about being in use (O-01).</summary>
    public bool IsValid { get; }

    /// <summary>In a range for fiction, tests or documentation (O-05).</summary>
    public bool IsReserved { get; }

    public LineType LineType { get; }

    /// <summary>ISO 3166-1 alpha-2, by the numbering plan (N-01); null for an invalid number.</summary>
    public string? Region => Place.Region;

    /// <summary>US states or Canadian provinces of the area code, as postal codes.</summary>
    public IReadOnlyList<string> States => Place.States;

    /// <summary>IANA names of every zone in which the phone may be; more than ten mean "unknown" (C-05).</summary>
    public IReadOnlyList<string> Zones => Place.ZoneNames;

    internal NumberPlace Place { get; }

    public static Recipient Of(Subscribers.PhoneNumber number) => Of(number.E164);

    /// <param name="e164">Anything else than a valid number in E.164 gives <see cref="Invalid"/>, or invalid but reserved.</param>
    public static Recipient Of(string? e164)
    {
        if (string.IsNullOrEmpty(e164) || e164[0] != '+' || e164.Length > 16)
            return Invalid;
        var isReserved = FakeRanges.Contains(e164);
        try
        {
            var number = Numbers.Parse(e164, null);
            // Valid is what has a region and, there, a kind: asked once each, because both compare with all patterns of the plan.
            if (Numbers.GetRegionCodeForNumber(number) is not { } region || Numbers.GetNumberType(number) is var type && type == PhoneNumberType.UNKNOWN)
                return Unusable(isReserved);
            return new Recipient(true, isReserved, Subscribers.PhoneNumber.Line(type), NumberPlace.Of(number, region));
        }
        catch (NumberParseException)
        {
            return Unusable(isReserved);
        }
    }

    /// <summary>The line type that a carrier look-up found takes the place of the numbering plan's guess (O-03).</summary>
    public Recipient WithLineType(LineType lineType) => new(IsValid, IsReserved, lineType, Place);

    public override string ToString() => $"{Region ?? "invalid"} {LineType}";

    private static Recipient Unusable(bool isReserved) => isReserved ? new(false, true, LineType.Unknown, NumberPlace.Nowhere) : Invalid;
}
