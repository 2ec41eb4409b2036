using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// One JSON object a line, in and out. A line that is not an object, misses a required name or has a name that the verb
/// does not know ends the run with <see cref="ExitCode.WrongInput"/> and a sentence that gives the line and the name.
/// </summary>
internal static class JsonLines
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Answers each line of the input with one line of output, in order; blank lines are skipped.</summary>
    /// <param name="inputFile">Null reads standard input.</param>
    public static async Task<int> AnswerAsync<TIn, TOut>(
        FileInfo? inputFile, TextWriter output, TextWriter error, Func<TIn, TOut> answer, CancellationToken cancellationToken)
    {
        if (inputFile is { Exists: false })
        {
            await error.WriteLineAsync($"The file {inputFile.Name} does not exist. Give a file of JSON Lines, or pipe it in.");
            return ExitCode.WrongInput;
        }

        using var reader = inputFile is null ? new StreamReader(Console.OpenStandardInput()) : inputFile.OpenText();
        var number = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                var question = JsonSerializer.Deserialize<TIn>(line, Options) ?? throw new InputException("body", "The line is null. Give an object.");
                await output.WriteLineAsync(JsonSerializer.Serialize(answer(question), Options));
            }
            catch (Exception problem) when (problem is JsonException or InputException)
            {
                await error.WriteLineAsync($"Line {number}: {Sentence(problem, typeof(TIn))}");
                return ExitCode.WrongInput;
            }
        }

        return ExitCode.Done;
    }

    /// <summary>What is wrong with a line, or with a file that is one object.</summary>
    /// <param name="asked">The type of the whole object.</param>
    public static string Sentence(Exception problem, Type asked) => problem switch
    {
        JsonException { InnerException: JsonException, Path: { Length: > 2 } path } => $"field {path[2..]}: {Plain(problem.Message)}",
        JsonException { InnerException: JsonException, BytePositionInLine: { } position } => $"this is not JSON from character {position + 1} on: {Plain(problem.Message)}",
        JsonException mistaken => string.Join(' ', JsonMistake.Of(mistaken, asked).Select(field => $"field {field.Key}: {field.Value}")),
        _ => problem.Message,
    };

    // The reader adds where it stood, in words for programmers and with a line number of its own.
    private static string Plain(string message) => message.IndexOf(" Path: ", StringComparison.Ordinal) is >= 0 and var tail ? message[..tail] : message;
}

/// <summary>A value that JSON allows and the verb does not; the message names the field.</summary>
internal sealed class InputException(string field, string message) : Exception($"field {field}: {message}")
{
    public string Field { get; } = field;

    /// <summary>The message without the field's name.</summary>
    public string Sentence { get; } = message;
}
