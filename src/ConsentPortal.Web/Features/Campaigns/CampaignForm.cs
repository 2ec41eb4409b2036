using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>One of the texts while it is written.</summary>
public sealed class TextForm(string body, int weight)
{
    public string Body { get; set; } = body;

    public int Weight { get; set; } = weight;

    /// <summary>By language; one without words may be missing or empty.</summary>
    public Dictionary<string, string> Further { get; } = new(StringComparer.Ordinal);

    /// <summary>In which there are words besides the usual ones.</summary>
    public IReadOnlyList<string> Languages => [.. Further.Where(words => !string.IsNullOrWhiteSpace(words.Value)).Select(words => words.Key)];
}

/// <summary>The content of a campaign while somebody fills it in.</summary>
public sealed class CampaignForm
{
    // Usual enough to notice a mistake early; whoever knows better takes them out.
    private const decimal UsualOptOutLimit = 3;
    private const decimal UsualFailureLimit = 20;

    public string Name { get; set; } = "";

    public PurposeId? Purpose { get; set; }

    public SegmentId? Segment { get; set; }

    public IReadOnlyCollection<SegmentId> Exclude { get; set; } = [];

    public int? AtMost { get; set; }

    public int HoldoutPercent { get; set; }

    public List<TextForm> Texts { get; } = [new("", 1)];

    /// <summary>In which whoever reads none of the others is texted.</summary>
    public string Language { get; set; } = "en";

    public List<string> Languages { get; } = [];

    public bool CountsClicks { get; set; }

    public string? Subject { get; set; }

    public DateTimeOffset? StartAt { get; set; }

    /// <summary>Whether <see cref="StartAt"/> is the first instant on earth of the chosen wall-clock time.</summary>
    public bool StartsLocally { get; set; }

    public int? FromHour { get; set; }

    public int? ToHour { get; set; }

    public DateTimeOffset? NotAfter { get; set; }

    /// <summary>One end alone leaves the other at midnight.</summary>
    public SendingHours? Hours => FromHour is null && ToHour is null ? null : new SendingHours(FromHour ?? 0, ToHour ?? SendingHours.Midnight);

    public SendTiming? Timing => StartsLocally || Hours is not null ? new SendTiming(StartsLocally && StartAt is { } start ? SendTiming.WallClockOf(start) : null, Hours) : null;

    public int? TextsPerMinute { get; set; }

    public decimal? OptOutLimit { get; set; } = UsualOptOutLimit;

    public decimal? FailureLimit { get; set; } = UsualFailureLimit;

    public int LimitsFrom { get; set; } = StopLimits.UsualFrom;

    public RepeatForm Repeats { get; } = new();

    /// <summary>Whether it asks people who have been silent for long to come back.</summary>
    public bool IsReengagement { get; set; }

    public int IdleDays { get; set; } = Reengagement.UsualIdleDays;

    public int AnswerDays { get; set; } = Reengagement.UsualAnswerDays;

    public SilenceOutcome WhenSilent { get; set; } = SilenceOutcome.EndConsent;

    public Reengagement? Reengages => IsReengagement ? new Reengagement(IdleDays, AnswerDays, WhenSilent) : null;

    /// <summary>Whom it means as it stands; null while purpose or segment is not chosen.</summary>
    public AudienceQuestion? Audience => Purpose is { } purpose && Segment is { } segment ? new AudienceQuestion(purpose, segment, Exclude, Reengages) : null;

    /// <summary>Takes over everything but the times.</summary>
    public void Take(CampaignView known)
    {
        (Name, Purpose, Segment, Subject) = (known.Name, known.PurposeId, known.SegmentId, known.Subject);
        (Exclude, AtMost, HoldoutPercent, TextsPerMinute) = ([.. known.Exclusions.Select(e => e.Id)], known.AtMost, known.HoldoutPercent, known.TextsPerMinute);
        (OptOutLimit, FailureLimit, LimitsFrom) = (known.Limits.OptOutPercent, known.Limits.FailurePercent, known.Limits.From);
        (FromHour, ToHour) = (known.Timing?.Hours?.From, known.Timing?.Hours?.To);
        CountsClicks = known.CountsClicks;
        Repeats.Take(known.Repeats);
        IsReengagement = known.Reengages is not null;
        if (known.Reengages is { } asks)
            (IdleDays, AnswerDays, WhenSilent) = (asks.IdleDays, asks.AnswerDays, asks.Outcome);
        Texts.Clear();
        Texts.AddRange(known.Texts.Select(t => new TextForm(t.Body, t.Weight)));
        Language = known.Language ?? Language;
        Languages.AddRange(known.Translations.Select(t => t.Language).Distinct());
        foreach (var text in known.Translations)
            Texts[text.Variant - CampaignText.First].Further[text.Language] = text.Body;
    }

    public void RemoveLanguage(string language)
    {
        Languages.Remove(language);
        foreach (var text in Texts)
            text.Further.Remove(language);
    }

    /// <summary>With purpose, segment and start chosen.</summary>
    /// <param name="zone">On whose clock it repeats, unless it does so on another one already.</param>
    public CampaignEdit Edit(CampaignView? known, TimeZoneInfo zone) =>
        new(known?.Id, known?.Version ?? Guid.Empty, Name, Purpose!.Value, Segment!.Value, Texts[0].Body, Subject, StartAt!.Value, NotAfter)
        {
            Weight = Texts[0].Weight, OtherTexts = [.. Texts.Skip(1).Select(t => new TextEdit(t.Body, t.Weight))],
            Language = Languages.Count == 0 ? null : Language, Translations = [.. Texts.Index().SelectMany(t => FurtherOf(t.Index))],
            CountsClicks = CountsClicks, Exclude = Exclude, AtMost = AtMost, HoldoutPercent = HoldoutPercent, TextsPerMinute = TextsPerMinute,
            StartsLocally = StartsLocally, Hours = Hours, OptOutLimit = OptOutLimit, FailureLimit = FailureLimit, LimitsFrom = LimitsFrom, Repeats = Repeats.Read(zone, StartAt.Value),
            Reengages = Reengages,
        };

    /// <summary>The words of one text in further languages, as far as there are any.</summary>
    public IEnumerable<TranslatedText> FurtherOf(int place) => Texts[place].Languages.Select(language => new TranslatedText(Letter(place), language, Texts[place].Further[language]));

    public static char Letter(int place) => (char)(CampaignText.First + place);
}
