using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>Which reports are made by themselves, when next, and what came of the last turn.</summary>
public sealed partial class ReportSchedulesPage(ReportSchedules schedules, ReportRecipients recipients, ReportGallery gallery, PurposeList purposes)
{
    private const int UsualHour = 6;

    private IReadOnlyList<ReportScheduleRow>? _rows;
    private IReadOnlyList<ReportDescription> _reports = [];
    private IReadOnlyList<PurposeName> _purposes = [];
    private string _zone = "UTC";
    private bool _isNew;
    private string _kind = "";
    private string _name = "";
    private PurposeId? _purpose;
    private ReportRhythm _rhythm = ReportRhythm.Weekly;
    private int _hour = UsualHour;
    private ReportFormats _formats = ReportFormats.All;
    private ReportScheduleRow? _changed;
    private IReadOnlyList<RecipientRow> _candidates = [];
    private IReadOnlyList<Recipient> _recipients = [];
    private Failure? _problem;

    /// <summary>The report that a new schedule begins with, as a link of its page names it.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    private string? Wanted { get; set; }

    private ReportDescription? Chosen => _reports.FirstOrDefault(r => r.Kind == _kind);

    private string? WhyNot => _name.Trim().Length == 0 ? "Give it a name." : Chosen?.Has(ReportNeeds.Purpose) is true && _purpose is null ? "Choose a purpose." : _formats == ReportFormats.None ? "Choose a format." : null;

    protected override async Task OpenAsync()
    {
        _reports = [.. gallery.List(Actor).Where(r => r.IsKeepable && !r.Has(ReportNeeds.Campaign))];
        if (Actor.May(Permissions.ViewSubscribers))
            _purposes = [.. (await purposes.NamesAsync(Actor, Closing)).Where(p => !p.IsRetired)];
        _zone = await schedules.ZoneAsync(Actor, Closing);
        await LoadAsync();
        if (Wanted is not null && Actor.May(Permissions.ExportReports) && _reports.Any(r => r.Kind == Wanted))
            await BeginAsync(Wanted);
    }

    private async Task LoadAsync() => _rows = await schedules.ListAsync(Actor, Closing);

    private async Task BeginAsync(string? kind)
    {
        Close();
        _isNew = true;
        await ChooseAsync(kind ?? (_reports is [var first, ..] ? first.Kind : ""));
    }

    private async Task BeginRecipientsAsync(ReportScheduleRow schedule)
    {
        Close();
        _candidates = await recipients.CandidatesAsync(Actor, schedule.Kind, Closing);
        // Who may not read it any more is no candidate, and is left out when it is saved.
        _recipients = [.. schedule.Recipients.Select(r => r.Recipient).Where(r => _candidates.Any(c => c.Recipient == r))];
        _changed = schedule;
    }

    private async Task ChooseAsync(string kind)
    {
        // A name that nobody has written goes with the report.
        if (_name.Length == 0 || _name == Chosen?.Name)
            _name = _reports.FirstOrDefault(r => r.Kind == kind)?.Name ?? "";
        _kind = kind;
        _purpose = Chosen?.Has(ReportNeeds.Purpose) is true && _purposes is [var purpose, ..] ? purpose.Id : null;
        _candidates = await recipients.CandidatesAsync(Actor, kind, Closing);
        _recipients = [.. _recipients.Where(r => _candidates.Any(c => c.Recipient == r))];
    }

    private void Close()
    {
        (_isNew, _name, _kind, _purpose, _problem) = (false, "", "", null, null);
        (_changed, _candidates, _recipients) = (null, [], []);
        (_rhythm, _hour, _formats) = (ReportRhythm.Weekly, UsualHour, ReportFormats.All);
    }

    private Task AddAsync() => RunAsync(async () =>
    {
        var added = await schedules.AddAsync(Actor, new NewReportSchedule(_name, _kind, _purpose, _formats, new ReportTimes(_rhythm, _hour, _zone), _recipients), Closing);
        _problem = added.Failure;
        if (!added.IsSuccess)
            return;
        Tell(added, "The schedule is set up.");
        Close();
        await LoadAsync();
    });

    private Task SaveRecipientsAsync() => RunAsync(async () =>
    {
        var changed = await recipients.ChangeAsync(Actor, _changed!.Id, _recipients, Closing);
        _problem = changed.Failure;
        if (!changed.IsSuccess)
            return;
        Tell(changed, "Saved. Reports that are there already stay with those they were made for.");
        Close();
        await LoadAsync();
    });

    private Task EndAsync(ReportScheduleRow schedule) => RunAsync(async () =>
    {
        Tell(await schedules.EndAsync(Actor, schedule.Id, Closing), "The schedule was ended. What it made stays.");
        await LoadAsync();
    });

    private string ReportText(string? kind) => _reports.FirstOrDefault(r => r.Kind == kind)?.Name ?? "";

    private string PurposeText(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private static string Words(ReportRhythm rhythm) => rhythm switch
    {
        ReportRhythm.Daily => "Every day",
        ReportRhythm.Weekly => "Every Monday",
        ReportRhythm.Monthly => "On the first of each month",
    };

    private static string Days(ReportRhythm rhythm) => rhythm switch
    {
        ReportRhythm.Daily => "Tells of the day before.",
        ReportRhythm.Weekly => "Tells of the week before, Monday to Sunday.",
        ReportRhythm.Monthly => "Tells of the month before.",
    };

    private static string Words(ReportTimes times) => $"{Words(times.Rhythm)} at {times.Hour:00}:00";

    private static string Words(ReportFormats formats) => string.Join(", ", ReportFormatNames.Each.Where(f => formats.HasFlag(f)).Select(f => f.Extension().ToUpperInvariant()));
}
