namespace ConsentPortal.Domain.Breaches;

/// <summary>
/// One personal data breach as the register keeps it (GDPR art. 33(5)): all of them, also those that nobody has to be told of.
/// The texts are written by staff and name nobody.
/// </summary>
public sealed class Breach
{
    /// <summary>Hours run through weekends and holidays (GDPR art. 33(1)).</summary>
    public static readonly TimeSpan TimeForAuthority = TimeSpan.FromHours(72);

    private const int ShortestGrounds = 10;

    public required Guid Id { get; init; }

    /// <summary>BR-1, BR-2 …</summary>
    public required int Number { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    /// <summary>When the organisation became aware (UTC): the clock runs from here.</summary>
    public required DateTimeOffset AwareAt { get; set; }

    /// <summary>When it began, as far as known (UTC).</summary>
    public DateTimeOffset? BeganAt { get; set; }

    public required string Title { get; set; }

    public required string WhatHappened { get; set; }

    /// <summary>Which kinds of data.</summary>
    public required string Data { get; set; }

    /// <summary>How many people, about; null while unknown.</summary>
    public int? People { get; set; }

    /// <summary>How many records, about; null while unknown.</summary>
    public int? Records { get; set; }

    public required BreachRisk Risk { get; set; }

    public required string Consequences { get; set; }

    /// <summary>What was done, and is planned, against it.</summary>
    public required string Measures { get; set; }

    /// <summary>Why nobody had to be told, why the authority was told late, or why the people were not (art. 33(1), 34(3)).</summary>
    public string? Grounds { get; set; }

    /// <summary>Whom the authority can ask: the data protection officer or another contact point (art. 33(3)(b)).</summary>
    public string? Contact { get; set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosedBy { get; private set; }

    public Guid Version { get; set; }

    public DateTimeOffset AuthorityDue => AwareAt + TimeForAuthority;

    public bool NeedsAuthority => Risk != BreachRisk.Unlikely;

    public bool NeedsPeople => Risk == BreachRisk.High;

    /// <summary>Ends the work on it. The entry stays in the register for good.</summary>
    /// <param name="notices">Who was told.</param>
    public Result<Done> Close(IReadOnlyList<BreachNotice> notices, string by, DateTimeOffset now)
    {
        if (ClosedAt is not null)
            return new BreachRefused("This breach is closed already. Nothing was changed.");
        var authority = notices.Where(n => n.Kind == NoticeKind.Authority).Select(n => (DateTimeOffset?)n.ToldAt).Min();
        if (NeedsAuthority && authority is null)
            return new BreachRefused("A risk to people has to be notified to the authority (GDPR art. 33(1)), and no notification is recorded. Nothing was changed; record it, or rate the risk as unlikely.");
        if (!(Grounds?.Trim().Length >= ShortestGrounds) && Missing(notices, authority) is { } missing)
            return new BreachRefused($"{missing} Nothing was changed; give the grounds.");
        (ClosedAt, ClosedBy) = (now, by);
        return Done.Value;
    }

    /// <summary>New facts after the end, as an answer of the authority.</summary>
    public void Reopen() => (ClosedAt, ClosedBy) = (null, null);

    private string? Missing(IReadOnlyList<BreachNotice> notices, DateTimeOffset? authority) =>
        !NeedsAuthority && authority is null ? "Why a risk is unlikely has to be on record where the authority is not told (GDPR art. 33(1), (5))."
        : authority > AuthorityDue ? "The authority was told after 72 hours, and the reasons for the delay have to be given (GDPR art. 33(1))."
        : NeedsPeople && !notices.Any(n => n.Kind == NoticeKind.People) ? "A high risk has to be told to the people themselves, or there is a ground not to (GDPR art. 34)."
        : null;
}

public enum BreachRisk
{
    /// <summary>Unlikely to result in a risk to people: on record, nobody has to be told.</summary>
    Unlikely = 1,

    /// <summary>The authority has to be told.</summary>
    Risk = 2,

    /// <summary>The people have to be told too.</summary>
    High = 3,
}

/// <summary>Somebody was told of a breach.</summary>
public sealed class BreachNotice
{
    public long Id { get; init; }

    public required Guid BreachId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>An authority or a group of people, never one of them by name.</summary>
    public required string Whom { get; init; }

    /// <summary>Form, letter, text, call …</summary>
    public required string How { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }
}

public enum NoticeKind
{
    Authority = 1,
    People = 2,

    /// <summary>A controller, a processor, the police, an insurer.</summary>
    Other = 3,
}

public sealed record BreachRefused(string Message) : Failure(Message);
