using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>What can be reported, on whom or on what, and whether a paper is genuine.</summary>
public sealed partial class ReportsPage(MadeReports reports, ReportGallery gallery, OpenSubscriber subscribers) : PortalPage
{
    private const string NoExport = "Your role reads reports on screen and does not download them.";

    private IReadOnlyList<MadeReport>? _latest;
    private IReadOnlyList<ReportDescription> _gallery = [];
    private IReadOnlyDictionary<string, DateTimeOffset> _last = new Dictionary<string, DateTimeOffset>();
    private SubscriberRow? _person;
    private IReadOnlyList<PurposeConsent> _purposes = [];
    private PurposeId? _purpose;
    private bool _showsNumber;
    private string _code = "";
    private (MadeReport? Report, bool IsDone)? _checked;

    private string? WhyNotProof => !Actor.May(Permissions.ExportReports) ? NoExport : _purpose is null ? "Choose a purpose." : null;

    protected override async Task OpenAsync()
    {
        _latest = await reports.LatestAsync(Actor, Closing);
        _last = await reports.LastByKindAsync(Actor, Closing);
        _gallery = [.. gallery.List(Actor).Where(r => !r.Has(ReportNeeds.Person))];
    }

    private async Task PickAsync(SubscriberRow person)
    {
        if (!(await subscribers.ExecuteAsync(Actor, person.Id, Closing)).TryGet(out var found, out _))
            return;
        (_person, _purposes) = (person, [.. found.Consents.Where(c => c.Proof is not null)]);
        _purpose = _purposes.Count > 0 ? _purposes[0].PurposeId : null;
    }

    private void Unpick() => (_person, _purposes, _purpose, _showsNumber) = (null, [], null, false);

    private Task CheckAsync() => RunAsync(async () => _checked = (await reports.FindAsync(_code, Closing), true));

    private string PurposeText(PurposeId? id) => _purposes.FirstOrDefault(p => p.PurposeId == id)?.Purpose ?? "";
}
