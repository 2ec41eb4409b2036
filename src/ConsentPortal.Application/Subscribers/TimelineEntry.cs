using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Which ledger an entry of the timeline comes from; also the order of entries of the same instant.</summary>
public enum TimelineSource
{
    Consent = 1,
    TextIn = 2,
    TextOut = 3,
    Record = 4,
}

/// <summary>A place in a timeline: everything after it is older, or as old and from a later source or with a smaller id.</summary>
public sealed record TimelineCursor(DateTimeOffset At, TimelineSource Source, long Id);

/// <summary>One thing that happened to or was done by a person; one of the four kinds below.</summary>
public abstract record TimelineEntry
{
    private TimelineEntry(DateTimeOffset at, TimelineSource source, long id) => Place = new TimelineCursor(at, source, id);

    public TimelineCursor Place { get; }

    public DateTimeOffset At => Place.At;

    public TimelineSource Source => Place.Source;

    /// <param name="Who">Who recorded it.</param>
    /// <param name="WordingVersion">Of the wording shown; null where none was.</param>
    public sealed record ConsentChanged(
        long Id, DateTimeOffset HappenedAt, string Purpose, ConsentEventKind Kind, ConsentChannel Channel, int? WordingVersion, string? WordingLanguage,
        bool IsActOfPerson, string Who, string? Reason) : TimelineEntry(HappenedAt, TimelineSource.Consent, Id);

    /// <param name="Body">Null for an erased person, and for a sender whom nobody knew.</param>
    /// <param name="Taken">What the text was taken for: optOut, optIn, confirm, help, review, none.</param>
    public sealed record TextReceived(long Id, DateTimeOffset ReceivedAt, string? Body, string Taken, ReviewState Review)
        : TimelineEntry(ReceivedAt, TimelineSource.TextIn, Id);

    /// <param name="When">Sent, or decided, or due: the latest of these that is known.</param>
    /// <param name="Reason">Why it was not sent, as a code of <see cref="Domain.Policy.SendReason"/>.</param>
    public sealed record TextSent(
        long Id, DateTimeOffset When, MessageKind Kind, MessageState State, string Purpose, CampaignId? CampaignId, string? Campaign, string? Body,
        int? Parts, string? Reason, string? Rule) : TimelineEntry(When, TimelineSource.TextOut, Id);

    /// <param name="Action">As the audit trail has it: <c>subscriber.changed</c>.</param>
    public sealed record RecordChanged(long Id, DateTimeOffset HappenedAt, string Action, string ObjectKind, string ObjectId, string Who, string? Why)
        : TimelineEntry(HappenedAt, TimelineSource.Record, Id);
}

/// <param name="Next">Pass as <c>after</c> for older entries; null at the end.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, TimelineCursor? Next);
