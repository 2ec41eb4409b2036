using System.IO.Compression;
using System.Text.Json;

namespace ConsentPortal.Web.Tests.Commands;

/// <summary>What an administrator runs beside or before the portal: doctor, keys rotate and privacy, as processes of their own.</summary>
public sealed class MaintenanceVerbTests : IDisposable
{
    private readonly VerbProcess _verb = new();

    public void Dispose() => _verb.Dispose();

    [Fact]
    public async Task The_doctor_finds_that_there_is_no_portal_and_makes_none()
    {
        var run = await _verb.RunAsync("doctor", "--json");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Equal(["settings", "data folder", "disk space", "key ring", "database"], run.Lines.Select(Check));
        Assert.False(Finding(run, "database").GetProperty("ok").GetBoolean());
        Assert.All(run.Lines, line => Assert.EndsWith(".", line.GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.False(Directory.Exists(_verb.DataFolder));
    }

    [Fact]
    public async Task The_demo_business_needs_no_provider_and_the_doctor_finds_it_whole()
    {
        Assert.Equal(0, (await _verb.RunAsync("seed-demo", "--subscribers", "60", "--json")).Exit);

        var run = await _verb.RunAsync("doctor", "--json");

        // No account at the provider is set in this environment. And of some texts of the demo nobody knows whether they left.
        Assert.Equal(["settings", "texts"], run.Lines.Where(line => !line.GetProperty("ok").GetBoolean()).Select(Check));
        Assert.Contains("Vonage:ApiKey", Finding(run, "settings").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotated_keys_wrap_everybody_anew_and_open_what_was_sealed_before()
    {
        Assert.Equal(0, (await _verb.RunAsync("seed-demo", "--subscribers", "60")).Exit);
        var people = (await _verb.RunAsync("privacy", "list", "--all")).Lines.Select(line => line.GetProperty("person").GetString()).ToList();

        var rotated = (await _verb.RunAsync("keys", "rotate", "--json")).Lines.Single();
        var again = (await _verb.RunAsync("keys", "rotate", "--resume", "--json")).Lines.Single();

        Assert.Equal(2, rotated.GetProperty("masterKey").GetInt32());
        Assert.InRange(rotated.GetProperty("rewrapped").GetInt32(), 50, 60);
        Assert.Equal((2, 0), (again.GetProperty("masterKey").GetInt32(), again.GetProperty("rewrapped").GetInt32()));
        Assert.Equal(people, (await _verb.RunAsync("privacy", "list", "--all")).Lines.Select(line => line.GetProperty("person").GetString()));
        Assert.True(Finding(await _verb.RunAsync("doctor", "--json"), "data keys").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_new_log_key_signs_from_then_on_and_what_the_former_signed_stays_good()
    {
        Assert.Equal(0, (await _verb.RunAsync("seed-demo", "--subscribers", "60")).Exit);
        var (before, after) = (_verb.PathOf("before"), _verb.PathOf("after"));
        Assert.Equal(0, (await _verb.RunAsync("audit", "export", before)).Exit);

        var rotated = (await _verb.RunAsync("keys", "rotate-log", "--json")).Lines.Single();

        var (former, current) = (Text(rotated, "former"), Text(rotated, "current"));
        Assert.NotEqual(former, current);
        Assert.Equal(former, (await File.ReadAllTextAsync(Path.Combine(before, "public-key"))).Trim());
        Assert.Equal(0, (await _verb.RunAsync("audit", "export", after)).Exit);
        Assert.Equal(current, (await File.ReadAllTextAsync(Path.Combine(after, "public-key"))).Trim());
        Assert.Equal(0, (await _verb.RunAsync("audit", "verify", after, "--public-key", Path.Combine(after, "public-key"))).Exit);
        Assert.Equal(1, (await _verb.RunAsync("audit", "verify", after, "--public-key", Path.Combine(before, "public-key"))).Exit);
        Assert.Equal(0, (await _verb.RunAsync("audit", "verify", "--database")).Exit);
    }

    [Fact]
    public async Task A_request_is_entered_listed_and_not_packed_before_the_person_is_known()
    {
        var list = _verb.PathOf("people.csv");
        await File.WriteAllLinesAsync(list, ["Mobile,Country,Consent", "+12125552368,US,yes"]);
        Assert.Equal(0, (await _verb.RunAsync("migrate")).Exit);
        Assert.Equal(0, (await _verb.RunAsync("import", list, "--map", "phone=Mobile,country=Country,consent=Consent")).Exit);
        string[] open = ["privacy", "open", "--phone", "+12125552368", "--kind", "access", "--source", "letter", "--regime", "ccpa"];

        var first = await _verb.RunAsync(open);
        var second = await _verb.RunAsync(open);
        var package = await _verb.RunAsync("privacy", "package", "DSR-1", _verb.PathOf("package.zip"));

        var entered = first.Lines.Single();
        Assert.Equal(("DSR-1", "access", "ccpa", "received"), (Text(entered, "request"), Text(entered, "kind"), Text(entered, "regime"), Text(entered, "status")));
        Assert.Equal(45, entered.GetProperty("daysLeft").GetInt32());
        Assert.Equal(1, second.Exit);
        Assert.Contains("DSR-1", second.Error, StringComparison.Ordinal);
        Assert.Equal(entered.ToString(), (await _verb.RunAsync("privacy", "list")).Lines.Single().ToString());
        Assert.Equal(0, (await _verb.RunAsync("privacy", "list", "--overdue")).Exit);
        Assert.Equal(1, package.Exit);
        Assert.Contains("Verify the person's identity first", package.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_verb.PathOf("package.zip")));
    }

    [Fact]
    public async Task The_package_of_a_verified_person_is_a_zip_of_the_owner_alone()
    {
        Assert.Equal(0, (await _verb.RunAsync("seed-demo", "--subscribers", "60")).Exit);
        var verified = (await _verb.RunAsync("privacy", "list")).Lines.First(line => Text(line, "status") == "verified" && Text(line, "kind") == "access");
        var zip = _verb.PathOf("package.zip");

        var unread = await _verb.RunAsync("privacy", "package", Text(verified, "request"), zip);
        var reviewed = (await _verb.RunAsync("privacy", "review", Text(verified, "request"), "--confirm")).Lines;
        var written = (await _verb.RunAsync("privacy", "package", Text(verified, "request"), zip)).Lines.Single();
        var again = await _verb.RunAsync("privacy", "package", Text(verified, "request"), zip);

        Assert.Equal(1, unread.Exit);
        Assert.Contains("look through", unread.Error, StringComparison.Ordinal);
        Assert.Contains(reviewed, line => line.TryGetProperty("section", out var section) && section.GetString() == "consents");
        Assert.True(reviewed[^1].GetProperty("confirmed").GetBoolean());
        Assert.Equal(new FileInfo(zip).Length, written.GetProperty("bytes").GetInt64());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(zip));
        using (var archive = ZipFile.OpenRead(zip))
            Assert.Contains(archive.Entries, entry => entry.Name == "data.json");
        Assert.Equal(2, again.Exit);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--phone", "privacy open --phone 12 --kind access --source letter")]
    [InlineData("nonsense", "privacy open --phone +12125552368 --kind nonsense --source letter")]
    [InlineData("--received", "privacy open --phone +12125552368 --kind access --source letter --received tomorrow")]
    [InlineData("--overdue", "privacy list --all --overdue")]
    [InlineData("REQUEST", "privacy package twelve x.zip")]
    [InlineData("--again", "keys rotate --again")]
    public async Task Wrong_input_is_told_and_exits_with_2(string named, string arguments)
    {
        var run = await _verb.RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (run.Exit, run.Output));
        if (named != "--phone")
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    private static string Check(JsonElement finding) => Text(finding, "check");

    private static JsonElement Finding(VerbProcess.Ran run, string check) => run.Lines.Single(line => Check(line) == check);

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
