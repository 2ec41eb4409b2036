using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary><c>seed-demo [--subscribers N] [--json]</c>: fills an empty portal with the demo business.</summary>
internal static class SeedDemoCommand
{
    private const int Most = 2_000_000;

    public static Command Create()
    {
        var subscribers = new Option<int>("--subscribers") { HelpName = "N", Description = "How many people to invent.", DefaultValueFactory = _ => DemoPortal.UsualSize };
        subscribers.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > Most))
                result.AddError($"option --subscribers: give a number from 1 to {Most}.");
        });
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object." };
        var command = new Command("seed-demo", "Fill an empty portal with a demo business.") { subscribers, json };
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            async (services, token) =>
            {
                var error = parsed.InvocationConfiguration.Error;
                await services.GetRequiredService<DatabasePreparation>().PrepareAsync(token);
                await services.GetRequiredService<ShippedRoles>().EnsureAsync(token);
                var count = parsed.GetValue(subscribers);
                var seeded = await services.GetRequiredService<DemoPortal>().EnsureAsync(count, line => error.WriteLine(line), token);
                if (parsed.GetValue(json))
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(new { seeded = seeded > 0, subscribers = seeded }, JsonLines.Options));
                else
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(seeded > 0 ? $"The demo business with {seeded} subscribers is in place." : "The portal already holds data, so nothing was added.");
                return seeded > 0 ? ExitCode.Done : ExitCode.FoundProblem;
            },
            cancellationToken,
            needsDatabase: false));
        return command;
    }
}
