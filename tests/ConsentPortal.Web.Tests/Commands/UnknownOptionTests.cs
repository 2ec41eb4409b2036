namespace ConsentPortal.Web.Tests.Commands;

/// <summary>A mistyped option of any verb is said to be unknown, and nothing is done.</summary>
public sealed class UnknownOptionTests : IDisposable
{
    private readonly VerbProcess _verb = new();

    public void Dispose() => _verb.Dispose();

    [Theory]
    [InlineData("audit verify", "--checkpoint, --database, --pack, --proof, --public-key, --help")]
    [InlineData("audit export", "--help")]
    [InlineData("audit", "--help")]
    [InlineData("seed-demo", "--json, --subscribers, --help")]
    [InlineData("migrate", "--json, --help")]
    [InlineData("import", "--default-region, ")]
    [InlineData("import list.csv", "--default-region, ")]
    [InlineData("policy check", "--")]
    [InlineData("sms measure", "--help")]
    [InlineData("keywords check", "--help")]
    [InlineData("deadline", "--help")]
    [InlineData("phone check", "--")]
    [InlineData("privacy list", "--")]
    [InlineData("keys rotate", "--")]
    [InlineData("doctor", "--")]
    [InlineData("simulator", "--api-key, --api-secret, --application-id, --application-public-key, --inbound-url, --port, --requests-per-second, --signature-secret, --status-url, --help")]
    public async Task An_option_that_a_verb_does_not_have_is_named_with_those_that_it_has(string verb, string known)
    {
        var run = await _verb.RunAsync([.. verb.Split(' '), "--bogus=3"]);

        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.StartsWith($"The verb {verb.Replace(" list.csv", "", StringComparison.Ordinal)} does not know the option --bogus. It knows {known}", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_verb.DataFolder));
    }

    [Fact]
    public async Task A_folder_whose_name_begins_with_a_dash_is_given_behind_two_of_them()
    {
        var run = await _verb.RunAsync("audit", "verify", "--", "--bogus");

        Assert.Equal((2, "argument folder: there is no such folder. Give the folder that audit export wrote."), (run.Exit, run.Error.Trim()));
    }

    [Fact]
    public async Task A_value_that_begins_with_a_dash_is_no_option()
    {
        var run = await _verb.RunAsync("simulator", "--port", "x", "--api-key", "k", "--api-secret", "-5ecret");

        Assert.Equal(2, run.Exit);
        Assert.StartsWith("option --port: \"x\" is not a port.", run.Error, StringComparison.Ordinal);
    }
}
