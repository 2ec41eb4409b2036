using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Domain.Messaging.Keywords;

namespace ConsentPortal.Web.Commands;

/// <summary><c>keywords check [FILE]</c>: what the portal takes texts from handsets for. Needs no database.</summary>
internal static class KeywordsCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON Lines with id, text and optionally language and country; standard input if not given." };
        var check = new Command("check", "Says for each text whether it is an opt-out, opt-in, yes, help, something to review, or none of these.") { file };
        check.SetAction((parsed, cancellationToken) => JsonLines.AnswerAsync<KeywordsQuestion, KeywordsAnswer>(
            parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, Answer, cancellationToken));
        return new Command("keywords", "Texts from handsets.") { check };
    }

    internal static KeywordsAnswer Answer(KeywordsQuestion question)
    {
        var meaning = OptOutMatcher.Match(question.Text);
        return new KeywordsAnswer(question.Id, meaning.Action, meaning.Tier, meaning.Rule, meaning.Matched);
    }
}

internal sealed record KeywordsQuestion
{
    /// <summary>Any JSON value; it comes back as it is.</summary>
    public JsonElement? Id { get; init; }

    public required string Text { get; init; }

    /// <summary>Accepted and not needed: every language's words hold for every text.</summary>
    public string? Language { get; init; }

    /// <inheritdoc cref="Language"/>
    public string? Country { get; init; }
}

internal sealed record KeywordsAnswer(JsonElement? Id, TextAction Action, string? Tier, string? Rule, string? Matched);
