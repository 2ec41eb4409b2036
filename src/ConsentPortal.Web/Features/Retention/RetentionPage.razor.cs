using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Retention;

/// <summary>The schedule by class, what it would remove now, what is held, and what was removed.</summary>
public sealed partial class RetentionPage(
    RetentionOverview overview, PreviewRetention preview, ChangeRetention change, PlaceLegalHold place, LiftLegalHold lift, BackupLife backups, RunRetention run, TimeProvider clock) : PortalPage
{
    private RetentionView? _view;
    private IReadOnlyList<RetentionPreview>? _preview;
    private RetentionRule? _changed;
    private int _months;
    private bool _isHolding;
    private bool _isOfBackups;
    private int? _days;
    private SubscriberRow? _person;
    private PurposeId? _purpose;
    private DateOnly? _until;
    private HoldView? _lifted;
    private string _reason = "";
    private Failure? _problem;

    private DateTimeOffset Now => clock.GetUtcNow();

    private string? WhyNotReason => ReasonNeeded.IsMetBy(_reason) ? null : "Say why.";

    protected override Task OpenAsync() => LoadAsync();

    private async Task LoadAsync() => _view = await overview.GetAsync(Actor, Closing);

    private string Time(RetentionRule rule) => rule.Class == RecordClass.ApiAnswers ? "24 hours" : Figures.Counted(_view!.Schedule.MonthsOf(rule.Class), "month");

    private RetentionPreview? Preview(RecordClass records) => _preview?.FirstOrDefault(p => p.Class == records);

    private string PurposeText(PurposeId? id) => _view?.Purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private static string Removed(RetentionRun done) => done.Total == 0 ? "Nothing was past its time"
        : string.Join(", ", done.Counts.Where(c => c.Value > 0).OrderBy(c => c.Key).Select(c => $"{RetentionRule.Of(c.Key).Name.ToLowerInvariant()}: {Figures.Count(c.Value)}"));

    private Task CountAsync() => RunAsync(async () => _preview = await preview.ExecuteAsync(Actor, Closing));

    private void Change(RetentionRule rule)
    {
        Close();
        (_changed, _months) = (rule, _view!.Schedule.MonthsOf(rule.Class));
    }

    private void AskForHold()
    {
        Close();
        _isHolding = true;
    }

    private void AskForBackups()
    {
        Close();
        (_isOfBackups, _days) = (true, _view!.BackupDays);
    }

    private void AskToLift(HoldView hold)
    {
        Close();
        _lifted = hold;
    }

    private void Pick(SubscriberRow person) => _person = person;

    private void Close()
    {
        (_changed, _isHolding, _isOfBackups, _lifted, _person, _purpose, _until) = (null, false, false, null, null, null, null);
        (_reason, _problem) = ("", null);
    }

    private Task ChangeAsync() => ActAsync(() => change.ExecuteAsync(Actor, _changed!.Class, _months, _reason, Closing), "The schedule was changed. The next run goes by it.");

    private Task HoldAsync() => ActAsync(
        () => place.ExecuteAsync(Actor, new NewLegalHold(_person?.Id, _person is null ? _purpose : null, _reason, _until), Closing), "The hold is in force.");

    private Task SaveBackupsAsync() => ActAsync(() => backups.ChangeAsync(Actor, _days, _reason, Closing), "It is recorded. Certificates of erasure go by it.");

    private Task LiftAsync() => ActAsync(() => lift.ExecuteAsync(Actor, _lifted!.Id, _reason, Closing), "The hold was lifted.");

    private Task RunNowAsync() => RunAsync(async () =>
    {
        var done = await run.ExecuteAsync(Actor, Closing);
        Tell(done, done.IsSuccess ? $"{Figures.Counted(done.Value.Total, "record")} removed." : "");
        _preview = null;
        await LoadAsync();
    });

    private Task ActAsync<T>(Func<Task<Result<T>>> act, string success) => RunAsync(async () =>
    {
        var outcome = await act();
        if (!outcome.IsSuccess)
        {
            _problem = outcome.Failure;
            return;
        }

        Tell(outcome, success);
        Close();
        _preview = null;
        await LoadAsync();
    });
}
