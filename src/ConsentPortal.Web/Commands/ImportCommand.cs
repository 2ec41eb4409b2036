using System.CommandLine;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>import FILE --map a=Col,…</c>: takes a list into the portal, or says what would become of it. A dry run needs no
/// database and makes none; without one, nobody is known yet.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var options = new ImportCommandOptions();
        var command = new Command("import", "Import a list of people from a CSV file, or say with --dry-run what would become of each row.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => PortalVerb.RunAsync(
            parsed.InvocationConfiguration,
            (services, token) => RunAsync(services, options.Read(parsed), parsed.InvocationConfiguration, token),
            cancellationToken,
            needsDatabase: !parsed.GetValue(options.DryRun)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ImportOrder order, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (!ColumnMap.Parse(order.Map).TryGet(out var map, out var failure))
            return await RefuseAsync(console, failure);
        var request = new ImportRequest(order.File.FullName, order.File.Name, map, order.DefaultRegion, AsksForDoubleOptIn: order.SendsPrompts);
        var hasDatabase = HasDatabase(services);
        if (order.Purpose is not null)
        {
            if (!hasDatabase)
                return await RefuseAsync(console, new PurposeUnknown());
            if (!(await services.GetRequiredService<ImportTermsReader>().FindAsync(Actor.CommandLine, order.Purpose, order.WordingLanguage, cancellationToken)).TryGet(out var terms, out failure))
                return await RefuseAsync(console, failure);
            request = request with { PurposeId = terms.Purpose, WordingId = terms.Wording };
        }

        var report = new ImportReport(console.Output, order);
        var outcome = await ImportAsync(services, request, order.IsDryRun, hasDatabase, new ImportWatch(report.Row), cancellationToken);
        if (!outcome.TryGet(out var summary, out failure))
            return await RefuseAsync(console, failure);
        await report.EndAsync(summary);
        return ExitCode.Done;
    }

    private static async Task<Result<ImportSummary>> ImportAsync(
        IServiceProvider services, ImportRequest request, bool isDryRun, bool hasDatabase, ImportWatch watch, CancellationToken cancellationToken)
    {
        if (!hasDatabase)
        {
            var largest = services.GetRequiredService<IOptions<ImportOptions>>().Value.LargestFile;
            return await ImportProposal.WithoutDatabaseAsync(
                Actor.CommandLine, request, largest, services.GetRequiredService<TimeProvider>().GetUtcNow(), watch, cancellationToken);
        }

        var import = services.GetRequiredService<ImportSubscribers>();
        if (isDryRun)
            return await import.ProposeAsync(Actor.CommandLine, request, watch, cancellationToken);
        return (await import.ExecuteAsync(Actor.CommandLine, request, watch, cancellationToken)).TryGet(out var result, out var failure) ? result.Summary : failure;
    }

    private static bool HasDatabase(IServiceProvider services) =>
        services.GetRequiredService<IDatabaseKind>().Name != "SQLite" || File.Exists(services.GetRequiredService<PortalFolders>().Database);

    private static async Task<int> RefuseAsync(InvocationConfiguration console, Failure failure)
    {
        var place = failure switch
        {
            MapEntryMalformed or MapEntryUnknown or FieldMappedTwice or PhoneColumnNeeded or ColumnMissing or HeaderNamedTwice => "option --map",
            RegionUnknown => "option --default-region",
            PurposeUnknown => "option --purpose",
            WordingUnknown => "option --wording-language",
            _ => "argument FILE",
        };
        await console.Error.WriteLineAsync($"{place}: {failure.Message}");
        return ExitCode.WrongInput;
    }
}
