using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Reports;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>What the organisation's reports are printed on.</summary>
public sealed partial class OrganisationPage(OrganisationPaper papers)
{
    private PaperChoice? _choice;
    private ReportPaper? _paper;
    private Failure? _problem;

    protected override Task OpenAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _choice = await papers.GetAsync(Actor, Closing);
        _paper = _choice.Chosen;
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await papers.ChangeAsync(Actor, _paper, Closing);
        _problem = saved.Failure;
        if (!saved.IsSuccess)
            return;
        Tell(saved, "Saved. Reports that are kept stay on the paper that they were made for.");
        await LoadAsync();
    });

    private string Words(ReportPaper? paper) => paper is { } chosen ? ReportWordings.Of(chosen) : $"As usual in the country ({ReportWordings.Of(_choice!.OfCountry)})";
}
