using ConsentPortal.Application.Breaches;
using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>A breach as it is being written; times are UTC, as the fields say.</summary>
public sealed class BreachDraft
{
    public string Title { get; set; } = "";

    public string WhatHappened { get; set; } = "";

    public DateTime AwareAt { get; set; }

    public DateTime? BeganAt { get; set; }

    public string Data { get; set; } = "";

    public int? People { get; set; }

    public int? Records { get; set; }

    public BreachRisk Risk { get; set; } = BreachRisk.Risk;

    public string Consequences { get; set; } = "";

    public string Measures { get; set; } = "";

    public string Grounds { get; set; } = "";

    public string Contact { get; set; } = "";

    public string? WhyNot => Title.Trim().Length < 5 ? "Give a title." : WhatHappened.Trim().Length < 10 ? "Say what happened." : Data.Trim().Length < 3 ? "Say which data it was." : null;

    public static BreachDraft New(DateTimeOffset now) => new() { AwareAt = Minutes(now) };

    public static BreachDraft Of(Breach breach) => new()
    {
        Title = breach.Title, WhatHappened = breach.WhatHappened, AwareAt = breach.AwareAt.UtcDateTime, BeganAt = breach.BeganAt?.UtcDateTime, Data = breach.Data, People = breach.People,
        Records = breach.Records, Risk = breach.Risk, Consequences = breach.Consequences, Measures = breach.Measures, Grounds = breach.Grounds ?? "", Contact = breach.Contact ?? "",
    };

    public BreachText ToText() => new(Title, WhatHappened, Utc(AwareAt), BeganAt is { } began ? Utc(began) : null, Data, People, Records, Risk, Consequences, Measures, Grounds, Contact);

    public static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    public static DateTime Minutes(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified);
}
