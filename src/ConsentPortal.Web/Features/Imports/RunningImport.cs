using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>An import at work, as its page sees it.</summary>
public sealed class RunningImport() : BackgroundRun<ImportProgress>(new ImportProgress(0, 0))
{
    /// <summary>Null until it has a row of its own, and where it never gets one.</summary>
    public ImportBatchId? Batch { get; private set; }

    public override string Subject => $"Import {Batch}";

    public void Begin(ImportBatchId batch)
    {
        Batch = batch;
        Begin();
    }
}
