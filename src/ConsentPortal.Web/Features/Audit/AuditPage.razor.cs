using System.Text.RegularExpressions;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Audit;

/// <summary>The audit trail: filters in the address, one entry in a drawer, and its verification at a click.</summary>
public sealed partial class AuditPage(
    AuditEntries entries, VerifyAudit verify, AuditVerifications verifications, OpenAudit open, SavedAuditFilters saved, RevealAuditValues reveal, NavigationManager navigation,
    MudBlazor.IDialogService dialogs, TimeProvider clock)
{
    private AuditFilters? _filters;
    private AuditEntryPage? _page;
    private AuditEntryDetails? _entry;
    private IReadOnlyList<AuditActor> _actors = [];
    private IReadOnlyList<ActiveFilter> _active = [];
    private IReadOnlyList<SavedAuditFilter> _saved = [];
    private IReadOnlyList<AuditValue>? _revealed;
    private AuditVerification? _verification;
    private Failure? _failure;
    private SubscriberId? _looked;
    private bool _isUpwards;
    private string _filterName = "";
    private string _text = "";
    private string _number = "";
    private string? _numberProblem;

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    protected override async Task OpenAsync()
    {
        await open.ExecuteAsync(Actor, Closing);
        _actors = await entries.ActorsAsync(Actor, Closing);
        _saved = await saved.ListAsync(Actor, Closing);
        _verification = await verifications.LatestAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.Audit, LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filters = AuditFilters.Read(navigation.Uri);
        _active = [.. Active(_filters)];
        var position = AuditFilters.Position(navigation.Uri);
        _isUpwards = position.IsUpwards;
        // Once for each person in a row: turning their pages is one look.
        if (_filters.Subject is { } subject && subject != _looked)
            await open.ExecuteAsync(Actor, subject, Closing);
        _looked = _filters.Subject ?? _looked;
        _page = await entries.PageAsync(Actor, _filters.Query(Zone), position, Closing);
    }

    private IEnumerable<ActiveFilter> Active(AuditFilters filters)
    {
        if (filters.Group is { } group)
            yield return new ActiveFilter("Action", AuditWords.Group(group), (filters with { Group = null }).Address);
        if (filters.Action is { } action)
            yield return new ActiveFilter("Exactly", MessageWords.Action(action), (filters with { Action = null }).Address);
        if (filters.Outcome is { } outcome)
            yield return new ActiveFilter("Result", AuditWords.Outcome(outcome), (filters with { Outcome = null }).Address);
        if (filters.Actor is { } actor)
            yield return new ActiveFilter("Who", ActorName(actor), (filters with { Actor = null }).Address);
        if (filters.Kind is { } kind)
            yield return new ActiveFilter("Kind", AuditWords.Kind(kind), (filters with { Kind = null }).Address);
        if (filters.Object is { } about)
            yield return new ActiveFilter("About", AuditWords.Short(about), (filters with { Object = null }).Address);
        if (filters.Subject is { } subject)
            yield return new ActiveFilter("Person", AuditWords.Short(subject.ToString()), (filters with { Subject = null }).Address);
        if (filters.Request is { } request)
            yield return new ActiveFilter("Request", request, (filters with { Request = null }).Address);
        if (filters.Words is { } words)
            yield return new ActiveFilter("Words of the reason", words, (filters with { Words = null }).Address);
        if (filters.LeavesOutTexts)
            yield return new ActiveFilter("Send ledger", "left out", (filters with { LeavesOutTexts = false }).Address);
        if (filters.From is { } from)
            yield return new ActiveFilter("From", Figures.Date(from), (filters with { From = null }).Address);
        if (filters.To is { } to)
            yield return new ActiveFilter("To", Figures.Date(to), (filters with { To = null }).Address);
    }

    private void Show(AuditFilters filters) => navigation.NavigateTo(filters.Address);

    /// <summary>A number never stands in the address: it becomes the id of the person whose it is.</summary>
    private async Task FindSubjectAsync(string? text)
    {
        _numberProblem = null;
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (!PhoneNumber.Parse(text, null).TryGet(out var phone, out var refused))
            _numberProblem = refused.Message;
        else if (await entries.SubjectOfAsync(Actor, phone, Closing) is not { } subject)
            _numberProblem = "Nobody here has or had this number.";
        else
            ShowSubject(subject);
    }

    private void ShowSubject(SubscriberId subject)
    {
        _number = "";
        Show(_filters! with { Subject = subject });
    }

    private Task VerifyAsync() => RunAsync(async () =>
    {
        _verification = null;
        _verification = await verify.ExecuteAsync(Actor, Closing);
    });

    /// <summary>Whatever an index knows is looked up there; the rest are words of a reason. A number goes the way of the field beside, so that it never stands in the address.</summary>
    private async Task FindTextAsync()
    {
        var text = _text.Trim();
        _text = "";
        if (text.Length == 0)
            return;
        if (text[0] == '+')
            await FindSubjectAsync(text);
        else if (Guid.TryParseExact(text, "N", out _))
            Show(_filters! with { Request = text });
        else if (Actions().IsMatch(text))
            Show(text[^1] == '.' ? _filters! with { Group = text[..^1], Action = null } : _filters! with { Group = null, Action = text });
        else if (Guid.TryParse(text, out _) || (await entries.PageAsync(Actor, new AuditQuery(ObjectId: text), AuditPosition.Newest, Closing)).Rows.Count > 0)
            Show(_filters! with { Object = text, Kind = null });
        else
            Show(_filters! with { Words = text });
    }

    /// <summary>consent.withdrawn, or all of consent. with its full stop.</summary>
    [GeneratedRegex(@"^[a-z][A-Za-z]*\.[A-Za-z]*$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Actions();

    private async Task SaveFilterAsync()
    {
        // The second click of a double click, too: the first has kept the filter and emptied the field.
        if (string.IsNullOrWhiteSpace(_filterName))
            return;
        _failure = null;
        var filter = new SavedAuditFilter(_filterName, new Uri(navigation.ToAbsoluteUri(_filters!.Address).ToString()).Query);
        if ((await saved.SaveAsync(Actor, filter, Closing)).TryGet(out var kept, out _failure))
            (_saved, _filterName) = (kept, "");
    }

    private async Task RemoveFilterAsync(string name)
    {
        if ((await saved.RemoveAsync(Actor, name, Closing)).TryGet(out var kept, out _failure))
            _saved = kept;
    }

    private async Task ShowEntryAsync(long id)
    {
        _revealed = null;
        _entry = await entries.FindAsync(Actor, id, Closing);
    }

    private async Task RevealAsync(long id)
    {
        var dialog = await dialogs.ShowAsync<RevealDialog>("Reveal the personal values");
        if (await dialog.Result is not { Canceled: false, Data: string reason })
            return;
        _failure = null;
        if (!(await reveal.ExecuteAsync(Actor, id, reason, Closing)).TryGet(out var values, out _failure) || _entry?.Row.Id != id)
            return;
        _revealed = values;
        StateHasChanged();
        await Task.Delay(RevealNumber.Duration, clock, Closing);
        if (ReferenceEquals(_revealed, values))
            _revealed = null;
    }

    private void Close() => (_entry, _revealed) = (null, null);

    private string ActorName(string? id) => _actors.FirstOrDefault(actor => actor.Id == id)?.Name ?? id ?? "";
}
