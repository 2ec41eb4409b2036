namespace ConsentPortal.Domain.Consent;

/// <summary>
/// Where one person stands for one purpose: a pure fold over the events, oldest first. The same fold fills the cached row.
/// </summary>
/// <param name="Since">When the present status began (UTC).</param>
/// <param name="GrantEventId">The event that is the consent, while there is one.</param>
public sealed record ConsentState(
    ConsentStatus Status,
    ConsentLevel Level,
    LegalBasis Basis,
    ConsentChannel Channel,
    DoubleOptIn DoubleOptInBy,
    WordingId? WordingId,
    DateTimeOffset? GrantedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? Since,
    long? GrantEventId)
{
    public static ConsentState None { get; } =
        new(ConsentStatus.None, ConsentLevel.None, LegalBasis.Consent, ConsentChannel.Portal, DoubleOptIn.None, null, null, null, null, null);

    /// <param name="events">Events of one person and one purpose in the order in which they were recorded.</param>
    public static ConsentState From(IEnumerable<ConsentEvent> events) => events.Aggregate(None, (state, e) => state.Apply(e));

    /// <summary>
    /// Where the person stood at an instant, as far as is known today: the fold of what had happened by then, whenever it was
    /// recorded. Today's state is the same fold over everything.
    /// </summary>
    /// <param name="events">As for <see cref="From"/>.</param>
    public static ConsentState AsOf(IEnumerable<ConsentEvent> events, DateTimeOffset instant) =>
        From(events.Where(e => e.At <= instant)).StandingAt(instant);

    /// <summary>
    /// Where one person stands whom the portal knew as two: a no outweighs a yes, of two consents the weaker and shorter
    /// counts. The order of the two makes no difference.
    /// </summary>
    public static ConsentState Strictest(ConsentState a, ConsentState b) => StrictestConsent.Of(a, b);

    /// <summary>The same state with its status of an instant.</summary>
    public ConsentState StandingAt(DateTimeOffset instant) => this with { Status = StatusAt(instant) };

    /// <summary>The status at an instant: a consent that has run out is expired even before the job has written so.</summary>
    public ConsentStatus StatusAt(DateTimeOffset instant) =>
        Status == ConsentStatus.Granted && ExpiresAt is { } end && instant >= end ? ConsentStatus.Expired : Status;

    public ConsentState Apply(ConsentEvent e) => e.Kind switch
    {
        ConsentEventKind.Requested => CanBegin(e) ? Pending(e) : this,
        ConsentEventKind.Granted => CanBegin(e) || IsReplacedBy(e) ? Granted(e) : this,
        // The answer to a prompt that was sent while a weaker consent was in force makes the stronger one decide.
        ConsentEventKind.Confirmed => Status == ConsentStatus.Pending || IsReplacedBy(e) ? Granted(e) : this,
        ConsentEventKind.Renewed => Status == ConsentStatus.Granted || (Status == ConsentStatus.Expired && e.IsActOfPerson) ? Granted(e) : this,
        ConsentEventKind.Withdrawn => Ended(ConsentStatus.Withdrawn, e),
        ConsentEventKind.Expired => Status is ConsentStatus.Granted or ConsentStatus.Pending ? Ended(ConsentStatus.Expired, e) : this,
        ConsentEventKind.Voided => Ended(ConsentStatus.Voided, e),
        // Only what rests on the mistake ends: a later answer of the person stands on its own.
        ConsentEventKind.Retracted => Status == ConsentStatus.Pending || (Status == ConsentStatus.Granted && GrantEventId == e.SupersedesId) ? None : this,
    };

    /// <summary>
    /// Whether consent can begin again: a withdrawal or a change of owner is lifted only by the person, never by staff, an
    /// import or a job, and only by what they did afterwards: a form that they signed before is no return.
    /// </summary>
    /// <param name="at">When the act happened (UTC).</param>
    public bool MayReturnBy(bool isActOfPerson, DateTimeOffset at) => Status switch
    {
        ConsentStatus.Withdrawn or ConsentStatus.Voided => isActOfPerson && !(at < Since),
        ConsentStatus.None or ConsentStatus.Pending or ConsentStatus.Expired or ConsentStatus.Granted => true,
    };

    /// <summary>
    /// Whether another consent takes the place of the one in force: a stronger one does, and one as strong that lasts as long. A
    /// weaker one is kept in the ledger and decides nothing, unless the one in force had run out before.
    /// </summary>
    private bool IsReplacedBy(ConsentEvent e) => Status == ConsentStatus.Granted
        && (e.Level > Level || StatusAt(e.At) == ConsentStatus.Expired || (e.Level == Level && !(e.ExpiresAt < (ExpiresAt ?? DateTimeOffset.MaxValue))));

    private bool CanBegin(ConsentEvent e) => Status != ConsentStatus.Granted && MayReturnBy(e.IsActOfPerson, e.At);

    private ConsentState Pending(ConsentEvent e) => this with
    {
        Status = ConsentStatus.Pending, Level = ConsentLevel.None, Basis = e.Basis, Channel = e.Channel, WordingId = e.WordingId,
        DoubleOptInBy = DoubleOptIn.None, GrantedAt = null, GrantEventId = null, ExpiresAt = e.ExpiresAt, Since = e.At,
    };

    private ConsentState Granted(ConsentEvent e) => this with
    {
        Status = ConsentStatus.Granted, Level = e.Level, Basis = e.Basis, Channel = e.Channel, WordingId = e.WordingId ?? WordingId,
        DoubleOptInBy = e.DoubleOptInBy, GrantedAt = e.At, GrantEventId = e.Id, ExpiresAt = e.ExpiresAt,
        Since = Status == ConsentStatus.Granted ? Since : e.At,
    };

    private ConsentState Ended(ConsentStatus status, ConsentEvent e) => this with
    {
        Status = status, GrantEventId = null, ExpiresAt = null, Since = Status == status ? Since : e.At,
    };
}
