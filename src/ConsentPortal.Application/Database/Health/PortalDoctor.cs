using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Staff;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Database.Health;

/// <param name="Check">What was looked at; part of the command line's output.</param>
/// <param name="Ok">False for what somebody should mend.</param>
/// <param name="Text">What was found, and what to do where it is wrong.</param>
public sealed record HealthFinding(string Check, bool Ok, string Text);

/// <summary>
/// Looks whether a portal could start and do its work, without starting it and without changing anything: settings, data
/// folder, key ring, database, audit log, texts and staff. A check that can't be made is a finding, never an exception.
/// </summary>
/// <param name="services">Asked one by one: what needs a key ring can't be made where there is none.</param>
public sealed class PortalDoctor(IServiceProvider services)
{
    /// <param name="isQuick">Leaves out what reads the whole database.</param>
    public async IAsyncEnumerable<HealthFinding> ExamineAsync(Actor actor, bool isQuick, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RunMaintenance);
        var folders = services.GetRequiredService<PortalFolders>();
        yield return Settings();
        yield return FolderCheck.Folder(folders);
        yield return FolderCheck.Space(folders);
        var ring = FolderCheck.KeyRing(folders);
        yield return ring;
        var database = new DatabaseCheck(services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<IDatabaseKind>(), folders);
        var schema = await database.SchemaAsync(cancellationToken);
        yield return schema;
        // What follows reads rows, which without a database and its keys would only say the same again.
        if (!schema.Ok || !ring.Ok)
            yield break;
        if (!isQuick)
            yield return await database.PagesAsync(cancellationToken);
        var work = new WorkCheck(services);
        yield return await work.KeysAsync(cancellationToken);
        if (!isQuick)
            yield return await work.LogAsync(cancellationToken);
        yield return await work.SealingAsync(cancellationToken);
        yield return await work.TextsAsync(cancellationToken);
        yield return await work.StaffAsync(cancellationToken);
    }

    private HealthFinding Settings()
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return new HealthFinding("settings", true, "Every setting has a value that the portal accepts.");
        }
        catch (OptionsValidationException problem)
        {
            return new HealthFinding("settings", false, string.Join(' ', problem.Failures));
        }
    }
}
