using ConsentPortal.Application.Imports;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>An import at work, as its page sees it.</summary>
public sealed class RunningImport() : BackgroundRun<ImportProgress>(new ImportProgress(0, 0));
