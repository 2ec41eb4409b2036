using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Reports;

/// <summary>Everything that shows that one person agreed, or no longer does, to one purpose.</summary>
/// <param name="Phone">Masked, or in full for somebody who may reveal it and asked for it; null once erased.</param>
/// <param name="Zone">IANA zone in which the person's clock is shown; null when it can't be known.</param>
/// <param name="State">As of now: a consent that has run out is expired.</param>
/// <param name="Given">The act on which the consent rests, or rested last; null when there was only ever a request or an end.</param>
/// <param name="Shown">The words under which it was given.</param>
/// <param name="DoubleOptIn">The texts by which the number's owner confirmed, in order.</param>
/// <param name="Events">All events, oldest first.</param>
/// <param name="Pictures">Of the form on which the words were shown.</param>
/// <param name="Documents">The names of the papers that are kept, by their hash.</param>
public sealed record ConsentProof(
    SubscriberId SubscriberId,
    string? Phone,
    string? Region,
    string? Zone,
    Purpose Purpose,
    ConsentState State,
    ProvenEvent? Given,
    Wording? Shown,
    IReadOnlyList<ProvenText> DoubleOptIn,
    IReadOnlyList<ProvenEvent> Events,
    IReadOnlyDictionary<string, string> Documents,
    IReadOnlyList<WordingPicture> Pictures);

/// <param name="WordingVersion">Null where no words were shown.</param>
/// <param name="RecordedBy">The name of who recorded it.</param>
/// <param name="Evidence">Null where none was kept or the person's key is gone.</param>
/// <param name="Log">Where the audit log has it; null for events whose entry does not name them.</param>
public sealed record ProvenEvent(ConsentEvent Event, int? WordingVersion, string? WordingLanguage, string RecordedBy, ConsentEvidence? Evidence, LogPlace? Log);

/// <param name="LeafIndex">Null until the entry is sealed, seconds after its writing.</param>
/// <param name="LeafHash">Lower-case hex.</param>
public sealed record LogPlace(long? LeafIndex, string? LeafHash);

/// <param name="IsFromPerson">Otherwise it went to them.</param>
/// <param name="Text">Null where the words are no longer readable.</param>
public sealed record ProvenText(bool IsFromPerson, DateTimeOffset At, string? Text, string ProviderId);
