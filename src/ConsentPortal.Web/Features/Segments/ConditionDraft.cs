using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>What a row of the editor may ask about.</summary>
public enum ConditionKind
{
    Consent = 1,
    NumberCountry = 2,
    LivesIn = 3,
    Language = 4,
    Source = 5,
    LineType = 6,
    Frequency = 7,
    Added = 8,
    LastText = 9,
    Purchased = 10,
    Attribute = 11,
    ConsentedUnder = 12,
    OnList = 13,
    WasSent = 14,
    Replied = 15,
    LastEngaged = 16,
    ConsentAge = 17,
    Segment = 18,
    Bucket = 19,
    Clicked = 20,
    Zone = 21,
}

/// <summary>How a row says when something happened.</summary>
public enum TimeForm
{
    LastDays = 1,
    Calendar = 2,
    Ever = 3,
}

/// <summary>How a row compares a date: with a day, or with today.</summary>
public enum DayComparison
{
    On = 1,
    OnOrAfter = 2,
    Before = 3,
    WithinNext = 4,
    WithinLast = 5,
    LongerAgo = 6,
    FurtherAhead = 7,
}

/// <summary>One row of the editor while somebody works on it: it may be half filled in, which a rule may not.</summary>
public sealed class ConditionDraft
{
    public ConditionKind Kind { get; set; } = ConditionKind.Consent;

    /// <summary>Of list conditions; enum values by name.</summary>
    public IReadOnlyCollection<string> Values { get; set; } = [];

    public string? Country { get; set; }

    public string? State { get; set; }

    public PurposeId? Purpose { get; set; }

    public ConsentStatus Status { get; set; } = ConsentStatus.Granted;

    /// <summary>ISO 639-1 of a wording.</summary>
    public string? WordingLanguage { get; set; }

    public int BeforeVersion { get; set; } = 2;

    public bool IsWithin { get; set; } = true;

    public int Days { get; set; } = 30;

    public int Times { get; set; } = 1;

    public double? Amount { get; set; }

    /// <summary>Turns what somebody did into what they did not do.</summary>
    public bool Not { get; set; }

    public TimeForm TimeForm { get; set; } = TimeForm.LastDays;

    /// <summary>Of a time of the calendar; the first and the last day, both counted.</summary>
    public DateTime? FromDay { get; set; }

    public DateTime? UntilDay { get; set; }

    /// <summary>Null for any campaign.</summary>
    public CampaignId? Campaign { get; set; }

    public SegmentId? Segment { get; set; }

    /// <summary>The name of a draw.</summary>
    public string Salt { get; set; } = "";

    public int BucketFrom { get; set; }

    public int BucketPercent { get; set; } = 10;

    public int? AttributeId { get; set; }

    /// <summary>Whether the attribute has to have any value, or none; null compares its value.</summary>
    public bool? IsKnown { get; set; }

    public TextTest TextTest { get; set; } = TextTest.Is;

    public AmountTest AmountTest { get; set; } = AmountTest.AtLeast;

    public DayComparison DayComparison { get; set; } = DayComparison.OnOrAfter;

    public ListTest ListTest { get; set; } = ListTest.NamesAny;

    /// <summary>Of a list the values, parted by semicolons.</summary>
    public string Text { get; set; } = "";

    public double Number { get; set; }

    public SegmentId? List { get; set; }

    public DateTime? Day { get; set; }

    public bool Flag { get; set; } = true;

    /// <summary>Asks about something else; nothing is left over that the new question has no field for.</summary>
    public void Ask(ConditionKind kind)
    {
        (Kind, Values) = (kind, []);
        if (!OffersEver && TimeForm == TimeForm.Ever)
            TimeForm = TimeForm.LastDays;
    }

    /// <summary>Everybody was added at some time, and whoever agrees did so: of these rows "at any time" asks nothing.</summary>
    public bool OffersEver => Kind is not (ConditionKind.Added or ConditionKind.ConsentAge);

    /// <summary>The rule that the row says so far; an unfinished row gives a rule that its check refuses with a sentence.</summary>
    public SegmentRule ToRule(SegmentChoices choices) => Kind switch
    {
        ConditionKind.Consent => new ConsentIs(Purpose ?? new PurposeId(Guid.Empty), Status),
        ConditionKind.NumberCountry => new NumberCountryIs([.. Values]),
        ConditionKind.LivesIn => new LivesIn(Country?.Trim().ToUpperInvariant() ?? "", string.IsNullOrWhiteSpace(State) ? null : State.Trim().ToUpperInvariant()),
        ConditionKind.Language => new LanguageIs([.. Values]),
        ConditionKind.Source => new SourceIs([.. Values]),
        ConditionKind.Zone => new ZoneIs([.. Values]),
        ConditionKind.LineType => new LineTypeIs([.. Values.Select(Enum.Parse<LineType>)]),
        ConditionKind.Frequency => new FrequencyIs([.. Values.Select(Enum.Parse<FrequencyPreference>)]),
        ConditionKind.Added => TimeForm == TimeForm.LastDays ? new Added(IsWithin, Days) : new Added(IsWithin, null, Time),
        ConditionKind.LastText => new LastTextOlderThan(Days),
        ConditionKind.Purchased => TimeForm == TimeForm.LastDays ? new Purchased(Times, Days, Amount, Not: Not) : new Purchased(Times, null, Amount, Time, Not),
        ConditionKind.WasSent => new WasSent(Time, Campaign, Not),
        ConditionKind.Clicked => new Clicked(Time, Campaign, Not),
        ConditionKind.Replied => new Replied(Times, Time, Not),
        ConditionKind.LastEngaged => new LastEngaged(Time, Not),
        ConditionKind.ConsentAge => TimeForm == TimeForm.LastDays
            ? new ConsentAge(Purpose ?? new PurposeId(Guid.Empty), IsWithin, Days)
            : new ConsentAge(Purpose ?? new PurposeId(Guid.Empty), IsWithin, null, Time),
        ConditionKind.Segment => new InSegment(Segment ?? new SegmentId(Guid.Empty)),
        ConditionKind.Bucket => new InBucket(Salt.Trim(), BucketFrom, BucketPercent),
        ConditionKind.ConsentedUnder => new ConsentedUnder(Purpose ?? new PurposeId(Guid.Empty), WordingLanguage?.Trim().ToLowerInvariant() ?? "", BeforeVersion),
        ConditionKind.OnList => new OnList(List ?? new SegmentId(Guid.Empty)),
        ConditionKind.Attribute => Attribute(choices.Attributes.FirstOrDefault(a => a.Id == AttributeId)?.Type),
    };

    public static ConditionDraft Of(SegmentRule rule) => rule switch
    {
        ConsentIs c => new() { Kind = ConditionKind.Consent, Purpose = c.Purpose, Status = c.Status },
        ConsentedUnder c => new() { Kind = ConditionKind.ConsentedUnder, Purpose = c.Purpose, WordingLanguage = c.Language, BeforeVersion = c.Before },
        NumberCountryIs c => new() { Kind = ConditionKind.NumberCountry, Values = c.Values },
        LivesIn c => new() { Kind = ConditionKind.LivesIn, Country = c.Country, State = c.State },
        LanguageIs c => new() { Kind = ConditionKind.Language, Values = c.Values },
        SourceIs c => new() { Kind = ConditionKind.Source, Values = c.Values },
        ZoneIs c => new() { Kind = ConditionKind.Zone, Values = c.Values },
        LineTypeIs c => new() { Kind = ConditionKind.LineType, Values = [.. c.Values.Select(v => v.ToString())] },
        FrequencyIs c => new() { Kind = ConditionKind.Frequency, Values = [.. c.Values.Select(v => v.ToString())] },
        Added c => new ConditionDraft { Kind = ConditionKind.Added, IsWithin = c.IsWithin }.At(c.Time),
        LastTextOlderThan c => new() { Kind = ConditionKind.LastText, Days = c.Days },
        Purchased c => new ConditionDraft { Kind = ConditionKind.Purchased, Times = c.Times, Amount = c.MinAmount, Not = c.Not }.At(c.Time),
        WasSent c => new ConditionDraft { Kind = ConditionKind.WasSent, Campaign = c.Campaign, Not = c.Not }.At(c.When),
        Clicked c => new ConditionDraft { Kind = ConditionKind.Clicked, Campaign = c.Campaign, Not = c.Not }.At(c.When),
        Replied c => new ConditionDraft { Kind = ConditionKind.Replied, Times = c.Times, Not = c.Not }.At(c.When),
        LastEngaged c => new ConditionDraft { Kind = ConditionKind.LastEngaged, Not = c.Not }.At(c.When),
        ConsentAge c => new ConditionDraft { Kind = ConditionKind.ConsentAge, Purpose = c.Purpose, IsWithin = c.IsWithin }.At(c.Time),
        InSegment c => new() { Kind = ConditionKind.Segment, Segment = c.Segment },
        InBucket c => new() { Kind = ConditionKind.Bucket, Salt = c.Salt, BucketFrom = c.From, BucketPercent = c.Percent },
        OnList c => new() { Kind = ConditionKind.OnList, List = c.List },
        AttributeKnown c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, IsKnown = !c.Not },
        TextAttribute { Test: TextTest.IsKnown } c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, IsKnown = true, Text = c.Value },
        TextAttribute c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, TextTest = c.Test, Text = c.Value },
        NumberAttribute c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, AmountTest = c.Test, Number = c.Value },
        DateAttribute c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, DayComparison = Enum.Parse<DayComparison>(c.Test.ToString()), Day = c.Value.ToDateTime(TimeOnly.MinValue) },
        DateAttributeFromToday c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, DayComparison = Enum.Parse<DayComparison>(c.Test.ToString()), Days = c.Days },
        ListAttribute c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, ListTest = c.Test, Text = string.Join($"{ValueList.Between} ", c.Values) },
        FlagAttribute c => new() { Kind = ConditionKind.Attribute, AttributeId = c.AttributeId, Flag = c.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.GetType().Name, "The editor has no row for this condition."),
    };

    private RuleTime Time => TimeForm switch
    {
        TimeForm.LastDays => RuleTime.Last(Days),
        TimeForm.Calendar => new RuleTime(From: DayOf(FromDay), Until: DayOf(UntilDay)),
        TimeForm.Ever => RuleTime.Ever,
    };

    private ConditionDraft At(RuleTime time)
    {
        TimeForm = time.Days is not null ? TimeForm.LastDays : time == RuleTime.Ever ? TimeForm.Ever : TimeForm.Calendar;
        (Days, FromDay, UntilDay) = (time.Days ?? Days, time.From?.ToDateTime(TimeOnly.MinValue), time.Until?.ToDateTime(TimeOnly.MinValue));
        return this;
    }

    private static DateOnly? DayOf(DateTime? day) => day is { } known ? DateOnly.FromDateTime(known) : null;

    private AttributeCondition Attribute(AttributeType? type) => type switch
    {
        AttributeType.Text => OrKnown(new TextAttribute(AttributeId!.Value, TextTest, Text)),
        AttributeType.Number => OrKnown(new NumberAttribute(AttributeId!.Value, AmountTest, Number)),
        AttributeType.Date => OrKnown(Date(AttributeId!.Value)),
        AttributeType.List => OrKnown(new ListAttribute(AttributeId!.Value, ListTest, ValueList.Values(Text))),
        AttributeType.Flag => OrKnown(new FlagAttribute(AttributeId!.Value, Flag)),
        null => new FlagAttribute(0, Flag),
    };

    private AttributeCondition OrKnown(AttributeCondition compared) => (IsKnown, compared) switch
    {
        (null, _) => compared,
        // Rules about texts have said so for longer than there is a condition for all types.
        (true, TextAttribute text) => text with { Test = TextTest.IsKnown },
        ({ } known, _) => new AttributeKnown(compared.AttributeId, Not: !known),
    };

    private AttributeCondition Date(int attribute) => DayComparison switch
    {
        DayComparison.On => new DateAttribute(attribute, DayTest.On, DayOf(Day) ?? default),
        DayComparison.OnOrAfter => new DateAttribute(attribute, DayTest.OnOrAfter, DayOf(Day) ?? default),
        DayComparison.Before => new DateAttribute(attribute, DayTest.Before, DayOf(Day) ?? default),
        DayComparison.WithinNext => new DateAttributeFromToday(attribute, TodayTest.WithinNext, Days),
        DayComparison.WithinLast => new DateAttributeFromToday(attribute, TodayTest.WithinLast, Days),
        DayComparison.LongerAgo => new DateAttributeFromToday(attribute, TodayTest.LongerAgo, Days),
        DayComparison.FurtherAhead => new DateAttributeFromToday(attribute, TodayTest.FurtherAhead, Days),
    };
}
