using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Web.Commands;

/// <summary><c>sms measure [FILE]</c>: encoding, units and parts of texts. Needs no database.</summary>
internal static class SmsMeasureCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON Lines with id and text; standard input if not given." };
        var measure = new Command("measure", "Says how large texts are on the air, and which characters make them so.") { file };
        measure.SetAction((parsed, cancellationToken) => JsonLines.AnswerAsync<SmsQuestion, SmsAnswer>(
            parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, Answer, cancellationToken));
        return new Command("sms", "Texts on the air.") { measure };
    }

    internal static SmsAnswer Answer(SmsQuestion question)
    {
        var measure = SmsMeasure.Of(question.Text);
        return new SmsAnswer(question.Id, measure.Encoding, measure.Units, measure.Parts, measure.ForcedBy);
    }
}

internal sealed record SmsQuestion
{
    /// <summary>Any JSON value; it comes back as it is.</summary>
    public JsonElement? Id { get; init; }

    public required string Text { get; init; }
}

internal sealed record SmsAnswer(JsonElement? Id, SmsEncoding Encoding, int Units, int Parts, IReadOnlyList<string> ForcedBy);
