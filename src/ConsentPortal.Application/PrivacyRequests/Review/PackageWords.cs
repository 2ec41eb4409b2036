using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.PrivacyRequests.Access;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>One text of a package of which words can be withheld.</summary>
/// <param name="Item">What it is, in the same words whenever the package is made; a member of staff is one item wherever they are named.</param>
/// <param name="About">Where it stands, in words for staff.</param>
/// <param name="NeedsReview">Whether it may not go out before somebody has read it; not so for what the person got already.</param>
/// <param name="IsWhole">It goes out or not; no words within it are withheld.</param>
internal sealed record PackageWord(PackageSection Section, string Item, string Text, DateTimeOffset? At, string About, bool NeedsReview = true, bool IsWhole = false)
{
    /// <summary>By which a text is known again that was read before, and one that was changed since is not.</summary>
    public ulong Mark => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Item}\0{Text}")));

    public static PackageWord Staff(string name) => new(PackageSection.Staff, $"staff/{name}", name, null, "Member of staff");
}

/// <summary>
/// The texts of a package in which somebody else can be named: the only ones that can be withheld. Dates, kinds, decisions, stops,
/// recipients and the number of everything are none of them, so no redaction hides that something was done with the data.
/// </summary>
internal static class PackageWords
{
    /// <param name="change">What stands in the place of each text.</param>
    public static PersonData Map(PersonData data, Func<PackageWord, string> change) => data with
    {
        Attributes = [.. data.Attributes.Select(a => a with { Value = Of(change, PackageSection.Profile, a.Key, a.Value, null, a.Name)! })],
        Consents = [.. data.Consents.Select(c => c with { Events = [.. c.Events.Select(e => Map(e, c, change))] })],
        Texts = [.. data.Texts.Select(t => Map(t, change))],
        Stops = [.. data.Stops.Select(s => s with { Reason = Of(change, PackageSection.Stops, s.Key, s.Reason, s.At, "Reason of a stop")! })],
        Requests = [.. data.Requests.Select(r => Map(r, change))],
        LookedAtBy = [.. data.LookedAtBy.Select(l => l with { Who = l.IsByStaff ? change(PackageWord.Staff(l.Who)) : l.Who, Reason = Of(change, PackageSection.Looks, l.Key, l.Reason, l.At, $"Reason of a look by {l.Who}") })],
        Documents = [.. data.Documents.Select(d => Map(d, change))],
        LegalHolds = [.. data.LegalHolds.Select(h => h with { Reason = Of(change, PackageSection.Holds, h.Key, h.Reason, h.PlacedAt, "Reason of a legal hold")! })],
        // Whoever writes in an evidence room has an account here, the auditor too.
        AuditComments = [.. data.AuditComments.Select(c => c with { By = change(PackageWord.Staff(c.By)), Text = Of(change, PackageSection.Comments, c.Key, c.Text, c.At, $"Evidence room, comment by {c.By}")! })],
        ProviderSays = [.. data.ProviderSays.Select(p => p with { Explanation = Of(change, PackageSection.Comments, p.Key, p.Explanation, p.At, "Why the provider's record differs") })],
    };

    private static PersonConsentEvent Map(PersonConsentEvent e, PersonConsent consent, Func<PackageWord, string> change) => e with
    {
        RecordedBy = e.IsByStaff ? change(PackageWord.Staff(e.RecordedBy)) : e.RecordedBy,
        Note = Of(change, PackageSection.Consents, $"{e.Key}/note", e.Note, e.RecordedAt, $"{consent.Purpose}, note"),
        Evidence = e.Evidence is not { } evidence ? null : evidence with
        {
            Words = Of(change, PackageSection.Consents, $"{e.Key}/words", evidence.Words, e.RecordedAt, $"{consent.Purpose}, words of the evidence"),
            AskedBy = Of(change, PackageSection.Consents, $"{e.Key}/asked", evidence.AskedBy, e.RecordedAt, $"{consent.Purpose}, who asked"),
        },
    };

    private static PersonText Map(PersonText text, Func<PackageWord, string> change) => text.Direction == PersonTextReader.FromPerson
        ? text with { Words = Of(change, PackageSection.FromPerson, text.Key, text.Words, text.At, "From the person") }
        : text with { Words = Of(change, PackageSection.ToPerson, text.Key, text.Words, text.At, text.Campaign ?? text.Purpose ?? "To the person", needsReview: false) };

    private static PersonRequest Map(PersonRequest request, Func<PackageWord, string> change) => request with
    {
        Letters = [.. request.Letters.Select(l => l with { Text = Of(change, PackageSection.Requests, l.Key, l.Text, l.WrittenAt, $"{request.Number}, letter", l.SentOn is null) })],
        Messages = [.. request.Messages.Select(m => m with { Text = Of(change, PackageSection.Requests, m.Key, m.Text, m.At, $"{request.Number}, from the person")! })],
        Comments = [.. request.Comments.Select(c => c with { By = c.IsByStaff ? change(PackageWord.Staff(c.By)) : c.By, Text = Of(change, PackageSection.Comments, c.Key, c.Text, c.At, $"{request.Number}, comment by {c.By}")! })],
    };

    /// <summary>A paper is withheld whole: its file stays out, and that there is one is told.</summary>
    private static PersonFile Map(PersonFile file, Func<PackageWord, string> change) => file with
    {
        File = change(new PackageWord(PackageSection.Documents, $"document/{file.Sha256}", file.File, file.AddedAt, $"The file itself, {file.ContentType}", IsWhole: true)),
        Name = change(new PackageWord(PackageSection.Documents, $"document/{file.Sha256}/name", file.Name, file.AddedAt, "What it was called")),
    };

    private static string? Of(Func<PackageWord, string> change, PackageSection section, string item, string? text, DateTimeOffset? at, string about, bool needsReview = true) =>
        string.IsNullOrWhiteSpace(text) ? text : change(new PackageWord(section, item, text, at, about, needsReview));
}
