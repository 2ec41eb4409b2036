using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Web.Commands;

/// <summary><c>deadline [FILE]</c>: by when the law wants a privacy request answered. Needs no database.</summary>
internal static class DeadlineCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON Lines with id, regime, kind, receivedAt and optionally events; standard input if not given." };
        var deadline = new Command("deadline", "Says by when a privacy request has to be confirmed and answered.") { file };
        deadline.SetAction((parsed, cancellationToken) => JsonLines.AnswerAsync<DeadlineQuestion, DeadlineAnswer>(
            parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, Answer, cancellationToken));
        return deadline;
    }

    internal static DeadlineAnswer Answer(DeadlineQuestion question)
    {
        var events = question.Events.Select(e => new ClockEvent(e.Kind, Day(e.At))).ToList();
        var due = RequestClock.For(question.Regime, question.Kind, Day(question.ReceivedAt), events);
        return new DeadlineAnswer(question.Id, due.AcknowledgeBy, due.DueOn, due.DueInternallyOn, due.LatestIfExtended);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

internal sealed record DeadlineQuestion
{
    /// <summary>Any JSON value; it comes back as it is.</summary>
    public JsonElement? Id { get; init; }

    public required PrivacyRegime Regime { get; init; }

    public required PrivacyRequestKind Kind { get; init; }

    /// <summary>The day of receipt is that of this instant in UTC.</summary>
    [JsonConverter(typeof(UtcInstant))]
    public required DateTimeOffset ReceivedAt { get; init; }

    public IReadOnlyList<DeadlineEvent> Events { get; init; } = [];
}

internal sealed record DeadlineEvent
{
    /// <summary>extended, paused, resumed, identityAsked or identityShown.</summary>
    public required ClockEventKind Kind { get; init; }

    [JsonConverter(typeof(UtcInstant))]
    public required DateTimeOffset At { get; init; }
}

/// <param name="AcknowledgeBy">Null where the law asks for no confirmation.</param>
internal sealed record DeadlineAnswer(JsonElement? Id, DateOnly? AcknowledgeBy, DateOnly DueOn, DateOnly DueInternally, DateOnly LatestIfExtended);
