using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

public sealed class SimulatorHostTests
{
    [Fact]
    public async Task In_Development_the_portals_account_is_the_simulators_and_its_first_text_is_taken()
    {
        await using var services = Services("Development", ("Vonage:ApiKey", "real"), ("Vonage:BaseUrl", "https://api.nexmo.com"), ("Vonage:ApplicationId", "real"));
        var host = services.GetRequiredService<SimulatorHost>();
        await host.StartingAsync(default);

        Assert.Equal(host.Simulator!.Address.AbsoluteUri, Account(services).BaseUrl);
        Assert.NotEqual("real", Account(services).ApiKey);
        var outcome = await services.GetRequiredService<ISmsGateway>().SendAsync(new OutgoingText("r1", "+12125552368", "+12025550111", "Hi", IsUnicode: false), default);
        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal(1, host.Simulator.Journal.Count);
        // Only an application may ask about numbers.
        Assert.Equal(LineType.Mobile, (await services.GetRequiredService<ISmsGateway>().LookUpLineAsync("+12125552368", default)).Value.LineType);
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Development", "false")]
    public async Task Otherwise_the_configured_account_is_left_alone(string environment, string? enabled)
    {
        await using var services = Services(environment, ("Vonage:ApiKey", "real"), ("Simulator:Enabled", enabled));

        Assert.Null(services.GetRequiredService<SimulatorHost>().Simulator);
        Assert.Equal(("real", "https://api.nexmo.com"), (Account(services).ApiKey, Account(services).BaseUrl));
    }

    [Fact]
    public async Task Without_settings_the_way_out_says_that_there_is_no_account_instead_of_failing()
    {
        await using var without = Services("Production");
        await using var simulated = Services("Development");

        Assert.False(without.GetRequiredService<ISmsGateway>().HasAccount);
        Assert.True(simulated.GetRequiredService<ISmsGateway>().HasAccount);
    }

    [Fact]
    public async Task Receipts_wait_for_a_portal_that_does_not_listen_yet()
    {
        await using var receiver = await SimulatedProvider.StartAsync();
        var portal = (Uri?)null;
        var account = new SimulatorAccount(receiver.Settings.ApiKey, receiver.Settings.ApiSecret, receiver.Settings.SignatureSecret);
        await using var simulator = new VonageSimulator(0, account, new SimulatorTargets(() => null, () => Volatile.Read(ref portal)), SimulatorOptions.Prompt, TimeProvider.System);

        simulator.Reply("12125552368", "12025550111", "STOP");
        Volatile.Write(ref portal, receiver.Receiver);

        Assert.IsType<VonageEvent.Inbound>((await receiver.NextAsync()).Event);
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_with_a_sentence()
    {
        await using var other = await SimulatedProvider.StartAsync();
        await using var services = Services("Development", ("Simulator:Port", $"{other.Simulator.Address.Port}"));

        Assert.Contains("another program has the port", Assert.Throws<StartRefusedException>(() => Account(services)).Message, StringComparison.Ordinal);
    }

    private static VonageOptions Account(ServiceProvider services)
    {
        var monitor = services.GetRequiredService<IOptionsFactory<VonageOptions>>();
        try
        {
            return monitor.Create(Options.DefaultName);
        }
        catch (OptionsValidationException)
        {
            // An account that is incomplete on purpose: what is set in it still shows.
            var options = new VonageOptions();
            services.GetRequiredService<IConfiguration>().GetSection(VonageOptions.Section).Bind(options);
            foreach (var change in services.GetServices<IPostConfigureOptions<VonageOptions>>())
                change.PostConfigure(Options.DefaultName, options);
            return options;
        }
    }

    private static ServiceProvider Services(string environment, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build());
        services.AddSingleton<IHostEnvironment>(new Environment(environment));
        services.AddVonage().AddSimulator();
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "ConsentPortal";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
