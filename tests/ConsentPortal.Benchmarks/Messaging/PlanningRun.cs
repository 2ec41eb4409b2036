using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Benchmarks.Imports;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>
/// Plans a campaign for so many people. The floor beside it: the very rows that it has written, copied by one prepared INSERT
/// into a copy of the database without them, in transactions of the same size.
/// </summary>
internal static class PlanningRun
{
    /// <returns>Texts planned in a second.</returns>
    public static async Task<double> RunAsync(int people)
    {
        var folder = Directory.CreateTempSubdirectory("planning");
        try
        {
            var (finished, empty) = (Path.Combine(folder.FullName, "portal.db"), Path.Combine(folder.FullName, "empty.db"));
            double rate;
            await using (var app = Build(folder.FullName))
            {
                await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
                var scene = new SendingScene(app.Services, folder.FullName);
                await scene.AddPeopleAsync(people);
                await scene.AddCampaignAsync();
                SqliteConnection.ClearAllPools();
                File.Copy(finished, empty);
                var planner = app.Services.GetRequiredService<CampaignPlanner>();
                var start = Stopwatch.GetTimestamp();
                var planned = await planner.PlanOnceAsync(default);
                rate = DispatchRun.Print("texts planned", planned, start);
                var rows = await scene.CountAsync(MessageState.Planned);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows are in the ledger"));
            }

            SqliteConnection.ClearAllPools();
            var spent = await new BareInserts(finished, empty, [], ["OutboundMessages"]).RunAsync(people, CampaignPlanner.UsualBatch);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people:N0} bare inserts of the same rows in {spent.TotalSeconds:F2} s, {people / spent.TotalSeconds:N0}/s"));
            return rate;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static WebApplication Build(string folder) => PortalHost.Build(
        ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", folder, "--Logging:LogLevel:Default", "Error"]);
}
