using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>Every kind of report that there is.</summary>
public sealed class ReportGallery
{
    private readonly IReadOnlyList<GalleryReport> _reports;

    internal ReportGallery(IEnumerable<GalleryReport> reports) => _reports = [.. reports];

    /// <summary>Those that somebody may make or read, in the order of the gallery.</summary>
    public IReadOnlyList<ReportDescription> List(Actor actor)
    {
        actor.Require(Permissions.ViewReports);
        return [.. _reports.Select(r => r.Description).Where(d => actor.May(d.Permission))];
    }

    /// <summary>The name of a kind, whoever asks.</summary>
    public string NameOf(string kind) => _reports.FirstOrDefault(r => r.Description.Kind == kind)?.Description.Name ?? kind;

    internal bool IsFor(Actor actor, string kind) => _reports.Any(r => r.Description.Kind == kind && actor.May(r.Description.Permission));

    /// <exception cref="NotPermitted">The actor may not see what the report tells.</exception>
    internal Result<GalleryReport> Find(Actor actor, string kind)
    {
        if (_reports.FirstOrDefault(r => r.Description.Kind == kind) is not { } report)
            return new NoSuchReport();
        actor.Require(report.Description.Permission);
        return report;
    }
}

public sealed record NoSuchReport() : Failure("There is no report of this kind. Nothing was made; choose one from the gallery.");
