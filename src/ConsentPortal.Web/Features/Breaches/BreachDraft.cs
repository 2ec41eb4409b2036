using ConsentPortal.Application.Breaches;
using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>A breach as it is being written.</summary>
public sealed class BreachDraft
{
    public string Title { get; set; } = "";

    public string WhatHappened { get; set; } = "";

    public DateTimeOffset AwareAt { get; set; }

    public DateTimeOffset? BeganAt { get; set; }

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
        Title = breach.Title, WhatHappened = breach.WhatHappened, AwareAt = breach.AwareAt, BeganAt = breach.BeganAt, Data = breach.Data, People = breach.People,
        Records = breach.Records, Risk = breach.Risk, Consequences = breach.Consequences, Measures = breach.Measures, Grounds = breach.Grounds ?? "", Contact = breach.Contact ?? "",
    };

    public BreachText ToText() => new(Title, WhatHappened, AwareAt, BeganAt, Data, People, Records, Risk, Consequences, Measures, Grounds, Contact);

    public static DateTimeOffset Minutes(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
