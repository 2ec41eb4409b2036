using System.Net;
using System.Net.Sockets;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Web.Commands;
using ConsentPortal.Web.Hosting;
using Microsoft.Data.Sqlite;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>
/// What an administrator can mend is said in one sentence, with exit code 2 and without a stack trace, and nothing is
/// written before it is mended.
/// </summary>
public sealed class StartRefusalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("start");

    private string KeyRingFile => Path.Combine(_folder.FullName, "keys", "key-ring.json");

    private string DatabaseFile => Path.Combine(_folder.FullName, "portal.db");

    [Fact]
    public async Task Without_the_key_ring_of_its_database_it_does_not_start_and_writes_nothing()
    {
        await MakeAsync();
        File.Delete(KeyRingFile);
        var before = await File.ReadAllBytesAsync(DatabaseFile);

        var (exit, said) = await RunAsync();

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains($"The key ring {KeyRingFile} is missing", said, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyRingFile));
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile));
    }

    [Fact]
    public async Task With_the_key_ring_of_another_portal_it_does_not_start()
    {
        await MakeAsync();
        File.Delete(KeyRingFile);
        KeyRing.Create(KeyRingFile, "consentportal/another", TimeProvider.System.GetUtcNow());
        var before = await File.ReadAllBytesAsync(DatabaseFile);

        var (exit, said) = await RunAsync();

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("is not the one that this database was written with", said, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile));
    }

    [Fact]
    public async Task With_a_key_ring_that_is_cut_off_it_does_not_start()
    {
        await MakeAsync();
        await File.WriteAllTextAsync(KeyRingFile, (await File.ReadAllTextAsync(KeyRingFile))[..40]);

        var (exit, said) = await RunAsync();

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("is not a key ring. Restore it from its backup", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_portal_on_the_same_folder_does_not_start()
    {
        using var claim = FolderClaim.Take(new(_folder.FullName));

        var (exit, said) = await RunAsync();

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.StartsWith($"Another portal already works on {_folder.FullName}.", said, StringComparison.Ordinal);
        Assert.False(File.Exists(DatabaseFile));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await MakeAsync();
        await File.WriteAllTextAsync(DatabaseFile, string.Concat(Enumerable.Repeat("A letter to somebody. ", 400)));

        var (exit, said) = await RunAsync();

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.StartsWith($"{DatabaseFile} is not a portal database.", said, StringComparison.Ordinal);
        Assert.StartsWith("A letter", await File.ReadAllTextAsync(DatabaseFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder.FullName, "a-file");
        await File.WriteAllTextAsync(file, "");

        var (exit, said) = await RunAsync("--Data:Folder", Path.Combine(file, "data"));

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("can't be made", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_store_is_refused()
    {
        var (exit, said) = await RunAsync("--Database:Provider", "Oracle");

        Assert.Equal((ExitCode.WrongInput, "The setting Database:Provider is 'Oracle'. Use Sqlite or SqlServer."), (exit, said));
    }

    [Fact]
    public async Task SQL_Server_without_a_connection_string_is_refused()
    {
        var (exit, said) = await RunAsync("--Database:Provider", "SqlServer");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("ConnectionStrings:Portal is empty", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_each_missing_key_of_the_provider_is_named()
    {
        var (exit, said) = await RunAsync("--environment", "Production");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Equal(["Vonage:ApiKey", "Vonage:ApiSecret", "Vonage:SignatureSecret"], said.Split(Environment.NewLine).Select(line => line.Split(' ')[0]));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task SQL_Server_that_does_not_answer_is_one_sentence_and_no_stack_trace()
    {
        var ended = await PortalProcess.RunAsync(
            Settings(("ASPNETCORE_ENVIRONMENT", "Development"), ("Database__Provider", "SqlServer"), ("ConnectionStrings__Portal", "Server=tcp:127.0.0.1,5490;Database=portal;User Id=portal;Password=none;Encrypt=false;Connect Timeout=1")));

        Assert.Equal(ExitCode.WrongInput, ended.ExitCode);
        Assert.StartsWith("The SQL Server of ConnectionStrings:Portal can't be used", ended.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', ended.Said);
        Assert.DoesNotContain("   at ", ended.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_one_sentence_and_no_stack_trace()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var ended = await PortalProcess.RunAsync(Settings(("ASPNETCORE_ENVIRONMENT", "Production"), ("Simulator__Enabled", "true")), "--urls", address);

        Assert.Equal(ExitCode.WrongInput, ended.ExitCode);
        Assert.Contains(address, ended.Said, StringComparison.Ordinal);
        Assert.Contains("Another program uses the address", ended.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', ended.Said);
        Assert.DoesNotContain("   at ", ended.Logged, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = more.ToDictionary(setting => setting.Name, setting => setting.Value);
        settings["Data__Folder"] = _folder.FullName;
        return settings;
    }

    /// <summary>A portal that was started once, here without demo data.</summary>
    private async Task MakeAsync()
    {
        await using (var app = PortalHost.Build([.. Usual, "--environment", "Production", "--Simulator:Enabled", "true"]))
        {
            using var claim = await PortalStart.PrepareAsync(app, TextWriter.Null, default);
        }

        SqliteConnection.ClearAllPools();
    }

    private string[] Usual => ["--applicationName", "ConsentPortal.Web", "--urls", "http://127.0.0.1:0", "--Data:Folder", _folder.FullName, "--Logging:LogLevel:Default", "None"];

    private async Task<(int Exit, string Said)> RunAsync(params string[] settings)
    {
        await using var said = new StringWriter();
        var exit = await PortalHost.RunAsync([.. Usual, "--environment", "Development", .. settings], said);
        SqliteConnection.ClearAllPools();
        return (exit, said.ToString().Trim());
    }
}
