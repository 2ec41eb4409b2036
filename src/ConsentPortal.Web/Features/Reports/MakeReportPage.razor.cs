using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>One report of the gallery: its filter, which stands in the address, what it says, and its files.</summary>
public sealed partial class MakeReportPage(
    ReportGallery gallery, MakeReport reports, KeepReport keep, ReportSchedules schedules, OrganisationPaper papers, PurposeList purposes, CampaignList campaigns, NavigationManager navigation)
{
    private ReportDescription? _report;
    private ReportFilter _filter = new();
    private IReadOnlyList<PurposeName> _purposes = [];
    private IReadOnlyList<CampaignName> _campaigns = [];
    private ReportPreview? _preview;
    private Failure? _problem;
    private string _zone = "UTC";
    private ReportPaper? _paper;
    private ReportPaper _usualPaper;
    private bool _isRead;

    [Parameter]
    public required string Kind { get; set; }

    private string? WhyNot => _report is { } report && _filter.Check(report).Failure is { } missing ? missing.Message.Replace("Nothing was made; ", "", StringComparison.Ordinal) : null;

    private string? WhyNotExport => !Actor.May(Permissions.ExportReports) ? "Your role reads reports on screen." : WhyNot;

    protected override async Task OpenAsync()
    {
        _report = gallery.List(Actor).FirstOrDefault(r => r.Kind == Kind && !r.Has(ReportNeeds.Person));
        _isRead = true;
        if (_report is not { } report)
            return;
        _zone = await schedules.ZoneAsync(Actor, Closing);
        _usualPaper = await papers.InForceAsync(Actor, Closing);
        if ((report.Has(ReportNeeds.Purpose) || report.Has(ReportNeeds.PurposeOrAll)) && Actor.May(Permissions.ViewSubscribers))
            _purposes = await purposes.NamesAsync(Actor, Closing);
        if (report.Has(ReportNeeds.Campaign))
            _campaigns = await campaigns.NamesAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.MakeReportOf(Kind), LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filter = WithDefaults(ReportFilters.Read(navigation.Uri, _zone));
        (_preview, _problem, _paper) = (null, null, ReportFilters.Paper(navigation.Uri));
        if (!ReportFilters.IsShown(navigation.Uri))
            return;
        await RunAsync(async () =>
        {
            StateHasChanged();
            if (!(await reports.PreviewAsync(Actor, new ReportWish(Kind, _filter), Closing)).TryGet(out _preview, out var refused))
                _problem = refused;
        });
    }

    private ReportFilter WithDefaults(ReportFilter filter) => filter with
    {
        Purpose = filter.Purpose ?? (_report!.Has(ReportNeeds.Purpose) && _purposes is [var purpose, ..] ? purpose.Id : null),
        Campaign = filter.Campaign ?? (_report!.Has(ReportNeeds.Campaign) && _campaigns is [var campaign, ..] ? campaign.Id : null),
    };

    private void Change(ReportFilter filter) => navigation.NavigateTo(Paths.MakeReportOf(Kind) + ReportFilters.Write(filter, paper: _paper));

    private void Show() => navigation.NavigateTo(Paths.MakeReportOf(Kind) + ReportFilters.Write(_filter, isShown: true, _paper));

    /// <summary>What is shown stays: paper changes only the file.</summary>
    private void Choose(ReportPaper paper) => _paper = paper == _usualPaper ? null : paper;

    private Task KeepAsync() => RunAsync(async () =>
    {
        var kept = await keep.ExecuteAsync(Actor, new ReportWish(Kind, _filter, _paper), ReportFormats.All, Closing);
        _problem = kept.Failure;
        if (Tell(kept, "The report is kept as PDF, CSV and JSON."))
            LeaveFor(Paths.KeptReports);
    });

    private string PurposeText(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private string CampaignText(CampaignId? id) => _campaigns.FirstOrDefault(c => c.Id == id) is { } campaign ? Text(campaign) : "";

    private static string Text(CampaignName campaign) => string.Create(CultureInfo.InvariantCulture, $"{campaign.Name}, {campaign.StartAt:d MMM yyyy}");

    /// <summary>Whoever has one chosen and opens the list sees all of them.</summary>
    private Task<IEnumerable<CampaignId?>> FindCampaignsAsync(string? words, CancellationToken cancellationToken) => Task.FromResult(
        _campaigns.Where(c => string.IsNullOrWhiteSpace(words) || words == CampaignText(_filter.Campaign) || Text(c).Contains(words.Trim(), StringComparison.CurrentCultureIgnoreCase)).Select(c => (CampaignId?)c.Id));
}
