using System.Text.Json;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Commands;

namespace ConsentPortal.Web.Tests.Commands;

public sealed class PhoneVerbsTests
{
    [Fact]
    public void A_national_number_is_read_in_the_lines_own_country_before_the_default() =>
        Assert.Equal(("+33775019714", "FR"), Read("""{"id":"a","text":"07 75 01 97 14","country":"FR"}""", "US"));

    [Fact]
    public void Without_a_country_the_default_region_decides() =>
        Assert.Equal(("+15032417741", "US"), Read("""{"id":7,"text":"(503) 241-7741"}""", "US"));

    [Fact]
    public void A_number_comes_with_its_states_and_zones()
    {
        var answer = PhoneVerbs.Answer(Question("""{"id":"a","text":"+1 850 432 1234"}"""), null);

        Assert.Equal(["FL"], answer.States);
        Assert.Equal(["America/Chicago"], answer.Zones);
    }

    [Fact]
    public void A_refused_number_tells_why_and_nothing_else()
    {
        var answer = PhoneVerbs.Answer(Question("""{"id":"a","text":"+1 800 555 0199"}"""), null);

        Assert.Equal((false, null, LineType.TollFree, "line type"), (answer.Ok, answer.E164, answer.LineType, answer.Reason));
    }

    [Theory]
    [InlineData("{\"id\":1,\"text\":}", "Line 2: field text: '}' is an invalid start")]
    [InlineData("{oops}", "Line 2: this is not JSON from character 2 on: 'o' is an invalid start")]
    [InlineData("{\"id\":1,\"text\":\"1\",\"size\":2}", "Line 2: field size: There is no such property. Nothing was done; leave it out, or give one of id, text, country.")]
    [InlineData("{\"country\":\"US\"}", "Line 2: field id: This property has to be given. field text: This property has to be given.")]
    [InlineData("{\"id\":1,\"text\":7}", "Line 2: field text: The value is not one that this property takes.")]
    [InlineData("null", "Line 2: field body: The line is null. Give an object.")]
    public async Task A_broken_line_is_named_in_a_plain_sentence(string line, string beginning)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"\n{line}\n");
        using var said = new StringWriter();

        var code = await JsonLines.AnswerAsync<PhoneQuestion, PhoneAnswer>(new FileInfo(file), TextWriter.Null, said, question => PhoneVerbs.Answer(question, null), default);

        Assert.Equal(2, code);
        Assert.StartsWith(beginning, said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Path:", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ConsentPortal", said.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_word_that_a_property_does_not_take_is_answered_with_those_that_it_takes()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"id":"a","kind":"oblivion","regime":"gdpr","receivedAt":"2026-11-01T00:00:00Z"}""");
        using var said = new StringWriter();

        var code = await JsonLines.AnswerAsync<DeadlineQuestion, DeadlineAnswer>(new FileInfo(file), TextWriter.Null, said, DeadlineCommand.Answer, default);

        Assert.Equal(2, code);
        Assert.StartsWith("Line 1: field kind: The value is not one that this property takes. Give one of access, ", said.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    private static (string? E164, string? Region) Read(string line, string? region)
    {
        var answer = PhoneVerbs.Answer(Question(line), region);
        return (answer.E164, answer.Region);
    }

    private static PhoneQuestion Question(string line) => JsonSerializer.Deserialize<PhoneQuestion>(line, JsonLines.Options)!;
}
