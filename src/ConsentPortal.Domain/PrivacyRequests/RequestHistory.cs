using System.Globalization;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>Why the clock stands.</summary>
public enum PauseCause
{
    /// <summary>The person was asked to show who they are.</summary>
    Identity = 1,

    /// <summary>The person was asked which data or which use they mean.</summary>
    Clarification = 2,
}

/// <summary>The days of one request by the organisation's own clock.</summary>
public sealed record RequestDays(DateOnly ReceivedOn, DateOnly Today);

/// <summary>What moved a request's clock, as one short line: <c>Paused 2026-03-10;Resumed 2026-03-15</c>.</summary>
public static class RequestHistory
{
    private const char Between = ';';
    private const string Form = "yyyy-MM-dd";

    public static IReadOnlyList<ClockEvent> Read(string kept) =>
        [.. kept.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' ')).Select(part =>
            new ClockEvent(Enum.Parse<ClockEventKind>(part[0]), DateOnly.ParseExact(part[1], Form, CultureInfo.InvariantCulture)))];

    public static string With(string kept, ClockEvent next)
    {
        var line = $"{next.Kind} {next.On.ToString(Form, CultureInfo.InvariantCulture)}";
        return kept.Length == 0 ? line : kept + Between + line;
    }
}
