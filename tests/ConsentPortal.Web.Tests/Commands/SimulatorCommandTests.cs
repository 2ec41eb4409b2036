using System.CommandLine;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Web.Commands;

namespace ConsentPortal.Web.Tests.Commands;

public sealed class SimulatorCommandTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _error.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("--port", "--port twenty")]
    [InlineData("--port", "--port 70000")]
    [InlineData("--port", "--port -1")]
    [InlineData("--api-key", "--port 0 --api-key abcd1234")]
    [InlineData("--application-id", "--port 0 --application-id a")]
    [InlineData("--signature-secret", "--port 0 --signature-secret ")]
    [InlineData("--status-url", "--port 0 --status-url portal.example/hook")]
    [InlineData("--inbound-url", "--port 0 --inbound-url ftp://portal.example/hook")]
    [InlineData("--application-public-key", "--port 0 --application-id a --application-public-key /no/such/file.pem")]
    public async Task Wrong_input_is_one_sentence_that_names_the_option_and_exits_with_2(string option, string arguments)
    {
        Assert.Equal(ExitCode.WrongInput, await RunAsync(arguments.Split(' '), default));

        var sentence = Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"option {option}:", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_no_key_is_told()
    {
        await File.WriteAllTextAsync(_file, "no key");

        Assert.Equal(ExitCode.WrongInput, await RunAsync(["--port", "0", "--application-id", "a", "--application-public-key", _file], default));
        Assert.Contains("no RSA public key", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_its_address_answers_and_ends_when_it_is_told_to()
    {
        using (var key = RSA.Create(2048))
            await File.WriteAllTextAsync(_file, key.ExportSubjectPublicKeyInfoPem());
        using var stop = new CancellationTokenSource();
        var running = RunAsync(["--port", "0", "--api-key", "k", "--api-secret", "s", "--application-id", "a", "--application-public-key", _file], stop.Token);
        while (!_error.ToString().Contains('\n', StringComparison.Ordinal))
            await Task.Delay(10);
        var address = _error.ToString().Trim().Split(' ')[^1];
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        Assert.Equal(0, (await http.GetFromJsonAsync<JsonElement>($"{address}/journal")).GetArrayLength());
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Done, await running);
    }

    private Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        SimulatorCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Error = _error, ProcessTerminationTimeout = null }, cancellationToken);
}
