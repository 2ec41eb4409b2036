using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web.Commands;

/// <summary><c>phone check [FILE] [--region R]</c>: what the portal makes of a text in a phone field. Needs no database.</summary>
internal static class PhoneVerbs
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON Lines with id, text and optionally country; standard input if not given." };
        var region = new Option<string?>("--region") { HelpName = "R", Description = "ISO 3166 region whose national format is assumed where a line has no country." };
        var check = new Command("check", "Reads phone numbers: E.164, region, line type, zones and states, or the reason why not.") { file, region };
        check.SetAction((parsed, cancellationToken) => JsonLines.AnswerAsync<PhoneQuestion, PhoneAnswer>(
            parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error,
            question => Answer(question, parsed.GetValue(region)), cancellationToken));
        return new Command("phone", "Phone numbers.") { check };
    }

    internal static PhoneAnswer Answer(PhoneQuestion question, string? region)
    {
        var home = string.IsNullOrWhiteSpace(question.Country) ? region : question.Country;
        if (!PhoneNumber.Parse(question.Text, home).TryGet(out var number, out var failure))
            return new PhoneAnswer(question.Id, false, null, null, (failure as LineTypeCannotReceive)?.LineType, [], [], ((PhoneRefused)failure).Reason);
        var recipient = Recipient.Of(number);
        return new PhoneAnswer(question.Id, true, number.E164, number.Region, number.LineType, recipient.Zones, recipient.States, null);
    }
}

internal sealed record PhoneQuestion
{
    /// <summary>Any JSON value; it comes back as it is.</summary>
    public required JsonElement Id { get; init; }

    public required string? Text { get; init; }

    public string? Country { get; init; }
}

internal sealed record PhoneAnswer(
    JsonElement Id, bool Ok, string? E164, string? Region, LineType? LineType, IReadOnlyList<string> Zones, IReadOnlyList<string> States, string? Reason);
