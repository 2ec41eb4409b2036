using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Id">Null for a new campaign.</param>
/// <param name="Version">The version that the editor saw; an older one is refused.</param>
/// <param name="Body">The text, or variant A where there are others.</param>
/// <param name="Subject">What the text is about, for caps that count per subject; null for none.</param>
public sealed record CampaignEdit(
    CampaignId? Id, Guid Version, string Name, PurposeId PurposeId, SegmentId SegmentId, string Body, string? Subject, DateTimeOffset StartAt, DateTimeOffset? NotAfter)
{
    /// <summary>Of the first text, against those of the others.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Variants B to D.</summary>
    public IReadOnlyList<TextEdit> OtherTexts { get; init; } = [];

    /// <summary>Of the texts for whoever reads none of the others; needed once there is a translation.</summary>
    public string? Language { get; init; }

    /// <summary>The texts in further languages.</summary>
    public IReadOnlyList<TranslatedText> Translations { get; init; } = [];

    /// <summary>Whether links become short ones of the portal, whose clicks are counted.</summary>
    public bool CountsClicks { get; init; }

    /// <summary>Segments and static lists whose people get nothing.</summary>
    public IReadOnlyCollection<SegmentId> Exclude { get; init; } = [];

    /// <summary>Null for everybody.</summary>
    public int? AtMost { get; init; }

    public int HoldoutPercent { get; init; }

    /// <summary>Null for as fast as the sender may.</summary>
    public int? TextsPerMinute { get; init; }

    /// <summary>Whether <see cref="StartAt"/> is the first instant on earth of a wall-clock time (<see cref="SendTiming.FirstInstantOf"/>) at which it starts where each person is.</summary>
    public bool StartsLocally { get; init; }

    /// <summary>Of each person's own day; null for any hour that the rules allow.</summary>
    public SendingHours? Hours { get; init; }

    /// <summary>In percent; null for no limit.</summary>
    public decimal? OptOutLimit { get; init; }

    /// <summary>In percent; null for no limit.</summary>
    public decimal? FailureLimit { get; init; }

    public int LimitsFrom { get; init; } = StopLimits.UsualFrom;

    /// <summary>Null for a campaign that is sent once.</summary>
    public Recurrence? Repeats { get; init; }

    /// <summary>Null for a campaign that asks nobody to come back.</summary>
    public Reengagement? Reengages { get; init; }

    /// <summary>Everything that somebody would read.</summary>
    internal IEnumerable<string> Bodies => Texts.Select(t => t.Body).Concat(Translations.Select(t => t.Body));

    internal IReadOnlyList<(string Body, int Weight)> Texts => [(Body, Weight), .. OtherTexts.Select(t => (t.Body, t.Weight))];
}

public sealed record TextEdit(string Body, int Weight = 1);

/// <summary>What can be said of an edit without looking into the database.</summary>
internal static class CampaignEditCheck
{
    private const int MostHeldOut = 50;
    private const int MostPerMinute = 60_000;

    public static FieldRefused? Of(CampaignEdit edit) => OfName(edit) ?? OfTexts(edit) ?? OfLanguages(edit) ?? OfAudience(edit) ?? OfTiming(edit) ?? OfRepeats(edit) ?? OfReengages(edit);

    private static FieldRefused? OfName(CampaignEdit edit) =>
        edit.Name.Length is < 3 or > Campaign.LongestName ? new FieldRefused(nameof(edit.Name), "Give the campaign a name of 3 to 120 characters.")
        : edit.Subject is { Length: > 100 } ? new FieldRefused(nameof(edit.Subject), "Say in at most 100 characters what the text is about.")
        : null;

    private static FieldRefused? OfTexts(CampaignEdit edit)
    {
        if (edit.Texts.Count > CampaignText.Most)
            return new FieldRefused(nameof(edit.OtherTexts), $"A campaign has at most {CampaignText.Most} texts, A to D.");
        foreach (var (body, weight) in edit.Texts)
        {
            if (MessageTemplate.Parse(body) is { IsSuccess: false } template)
                return new FieldRefused(nameof(edit.Body), template.Failure.Message);
            if (weight is < 1 or > CampaignText.MostWeight)
                return new FieldRefused(nameof(edit.Weight), $"The weight of a text is 1 to {CampaignText.MostWeight}. Take out a text that nobody should get.");
        }

        return edit.Texts.DistinctBy(t => t.Body, StringComparer.Ordinal).Count() < edit.Texts.Count
            ? new FieldRefused(nameof(edit.OtherTexts), "Two of the texts are the same, so nothing could be learnt from them. Change one, or take it out.")
            : null;
    }

    private static FieldRefused? OfLanguages(CampaignEdit edit)
    {
        if (edit.Translations.Count == 0)
            return null;
        if (edit.Language is not { } usual || !TextLanguage.IsCode(usual))
            return new FieldRefused(nameof(edit.Language), "Say in which language the texts are for whoever reads none of the others.");
        if (edit.Translations.Select(t => t.Language).Distinct(StringComparer.Ordinal).Count() > TextLanguage.Most)
            return new FieldRefused(nameof(edit.Translations), $"A campaign has at most {TextLanguage.Most} further languages.");
        if (edit.Translations.DistinctBy(t => (t.Variant, t.Language)).Count() < edit.Translations.Count)
            return new FieldRefused(nameof(edit.Translations), "A text is there twice in one language. Take one of them out.");
        return edit.Translations.Select(text => OfTranslation(edit, text)).FirstOrDefault(refused => refused is not null);
    }

    private static FieldRefused? OfTranslation(CampaignEdit edit, TranslatedText text) =>
        !TextLanguage.IsCode(text.Language) ? new FieldRefused(nameof(edit.Translations), "A language is two small letters, such as es, perhaps with a region, such as pt-br.")
        : text.Language == edit.Language ? new FieldRefused(nameof(edit.Translations), $"The usual texts are in {CampaignWording.OfLanguage(text.Language)} already. Take the further one out.")
        : text.Variant < CampaignText.First || text.Variant >= CampaignText.First + edit.Texts.Count ? new FieldRefused(nameof(edit.Translations), $"There is no text {text.Variant} of which these would be the words in {CampaignWording.OfLanguage(text.Language)}.")
        : MessageTemplate.Parse(text.Body) is { IsSuccess: false } template ? new FieldRefused(nameof(edit.Translations), $"In {CampaignWording.OfLanguage(text.Language)}: {template.Failure.Message}")
        : null;

    private static FieldRefused? OfAudience(CampaignEdit edit) =>
        edit.Exclude.Contains(edit.SegmentId) ? new FieldRefused(nameof(edit.Exclude), "The segment is chosen and left out at once, so nobody would get the text.")
        : edit.AtMost is < 1 ? new FieldRefused(nameof(edit.AtMost), "The number of people has to be at least 1; leave it empty for everybody.")
        : edit.HoldoutPercent is < 0 or > MostHeldOut ? new FieldRefused(nameof(edit.HoldoutPercent), $"Hold out 0 to {MostHeldOut} percent.")
        : null;

    private static FieldRefused? OfRepeats(CampaignEdit edit) => edit.Repeats switch
    {
        null => null,
        { Every: RepeatEvery.Week, Days: WeekDays.None } => new FieldRefused(nameof(edit.Repeats), "Choose at least one day of the week."),
        { Times: < 1 or > Recurrence.MostTimes } => new FieldRefused(nameof(edit.Repeats), $"A campaign repeats 1 to {Recurrence.MostTimes} times; leave it empty for no end."),
        { DriftPercent: < 1 or > 100 } => new FieldRefused(nameof(edit.Repeats), "The audience may differ by 1 to 100 percent before a person has to look."),
        var repeats when !TimeZoneInfo.TryFindSystemTimeZoneById(repeats.Zone, out _) => new FieldRefused(nameof(edit.Repeats), "The time zone is not known."),
        var repeats when repeats.NextAfter(edit.StartAt, edit.StartAt.AddTicks(-1)) is null => new FieldRefused(nameof(edit.Repeats), "There would be no run: its last day comes before its first start."),
        _ => null,
    };

    private static FieldRefused? OfReengages(CampaignEdit edit) => edit.Reengages switch
    {
        null => null,
        { IdleDays: < Reengagement.LeastIdleDays or > Reengagement.MostIdleDays } =>
            new FieldRefused(nameof(edit.Reengages), $"Ask people who were silent for {Reengagement.LeastIdleDays} to {Reengagement.MostIdleDays} days."),
        { AnswerDays: < Reengagement.LeastAnswerDays or > Reengagement.MostAnswerDays } =>
            new FieldRefused(nameof(edit.Reengages), $"Give people {Reengagement.LeastAnswerDays} to {Reengagement.MostAnswerDays} days to react."),
        _ => null,
    };

    private static FieldRefused? OfTiming(CampaignEdit edit) =>
        edit.Hours is { IsPossible: false } ? new FieldRefused(nameof(edit.Hours), "The hours for sending begin at 0 to 23 and end later on the same day, at 24 at the latest. Leave both empty for any hour that the rules allow.")
        : edit.StartsLocally && edit.Repeats is not null ? new FieldRefused(nameof(edit.StartsLocally), "A campaign that repeats starts at one instant for everybody. Give it hours for sending instead: they go by each person's own clock.")
        : edit.NotAfter is { } end && end <= edit.StartAt ? new FieldRefused(nameof(edit.NotAfter), "The last moment for sending has to be later than the first.")
        : edit.TextsPerMinute is < 1 or > MostPerMinute ? new FieldRefused(nameof(edit.TextsPerMinute), $"Send 1 to {MostPerMinute} texts a minute; leave it empty for no pace.")
        : edit.OptOutLimit is <= 0 or > 100 || edit.FailureLimit is <= 0 or > 100
            ? new FieldRefused(nameof(edit.OptOutLimit), "A limit is more than 0 and at most 100 percent; leave it empty for none.")
        : edit.LimitsFrom is < StopLimits.LeastFrom or > StopLimits.MostFrom
            ? new FieldRefused(nameof(edit.LimitsFrom), $"Count {StopLimits.LeastFrom} to {StopLimits.MostFrom} texts before a limit can stop the campaign: of few texts one is a large share.")
        : null;
}
