using ConsentPortal.Application.Reports;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>Says of a code on a report whether it is genuine and what its file's hash is; never whom it concerns.</summary>
public sealed partial class VerifyPage(MadeReports reports) : PublicPage
{
    private MadeReport? _report;

    [Parameter]
    public string? Code { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    private string? Typed { get; set; }

    [SupplyParameterFromQuery(Name = "sha256")]
    private string? Hash { get; set; }

    private string? Asked => Code ?? Typed;

    private bool IsSame => string.Equals(Hash?.Trim(), _report?.Sha256, StringComparison.OrdinalIgnoreCase);

    protected override async Task OnInitializedAsync()
    {
        if (Asked is null)
            return;
        _report = await reports.FindAsync(Asked, Leaving);
        if (_report is null)
            Answer(StatusCodes.Status404NotFound);
    }
}
