using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>What a package would hold if it were made now.</summary>
/// <param name="CollectedAt">The instant as of which it tells (UTC).</param>
/// <param name="ConfirmedAt">Null while nobody has said that it may go out like this.</param>
/// <param name="Later">How many texts are left out because they were written after that instant.</param>
/// <param name="Withheld">Places by ground.</param>
public sealed record PackagePreview(
    PrivacyRequestId Id, int Number, PrivacyRegime Regime, DateTimeOffset CollectedAt, DateTimeOffset? ConfirmedAt, string? ConfirmedBy, int Later,
    IReadOnlyList<PreviewSection> Sections, IReadOnlyList<PreviewRedaction> Redactions, IReadOnlyList<PersonWithheld> Withheld);

/// <param name="Count">Of its entries.</param>
/// <param name="Sample">Its first entries in a line each, with numbers masked.</param>
/// <param name="Texts">Those of which words can be withheld.</param>
public sealed record PreviewSection(PackageSection Section, int Count, IReadOnlyList<string> Sample, IReadOnlyList<PreviewText> Texts)
{
    public int Withheld => Texts.Count(t => t.IsWithheld);
}

/// <param name="Item">By which it is withheld.</param>
/// <param name="About">Where it stands.</param>
/// <param name="Text">As it is held.</param>
/// <param name="Shown">As it would go out.</param>
/// <param name="Places">In how many it stands.</param>
/// <param name="IsWhole">It goes out or not; no words within it are withheld.</param>
/// <param name="IsLater">Written after the collection, so left out.</param>
public sealed record PreviewText(string Item, string About, DateTimeOffset? At, string Text, string Shown, int Places, bool IsWhole, bool IsLater)
{
    public bool IsWithheld => !IsLater && Shown != Text;
}

/// <param name="About">Where what is withheld stands; null for words wherever they stand.</param>
/// <param name="Words">Null for the whole text.</param>
/// <param name="Places">In how many places of the package.</param>
public sealed record PreviewRedaction(long Id, string? About, string? Words, RedactionGround Ground, string Reason, string By, DateTimeOffset At, int Places);
