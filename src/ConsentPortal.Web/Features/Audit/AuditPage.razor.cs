using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Audit;

/// <summary>The audit trail: filters in the address, one entry in a drawer, and its verification at a click.</summary>
public sealed partial class AuditPage(AuditEntries entries, AuditLog log, OpenAudit open, NavigationManager navigation, TimeProvider clock)
{
    private AuditFilters? _filters;
    private AuditEntryPage? _page;
    private AuditEntryDetails? _entry;
    private IReadOnlyList<AuditActor> _actors = [];
    private IReadOnlyList<ActiveFilter> _active = [];
    private BundleVerification? _verification;
    private DateTimeOffset _verifiedAt;
    private TimeSpan _took;
    private string _number = "";
    private string? _numberProblem;

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    protected override async Task OpenAsync()
    {
        await open.ExecuteAsync(Actor, Closing);
        _actors = await entries.ActorsAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.Audit, LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filters = AuditFilters.Read(navigation.Uri);
        _active = [.. Active(_filters)];
        _page = await entries.PageAsync(Actor, _filters.Query(Zone), AuditFilters.Position(navigation.Uri), Closing);
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
            yield return new ActiveFilter("Kind", AuditWords.Group(kind), (filters with { Kind = null }).Address);
        if (filters.Object is { } about)
            yield return new ActiveFilter("About", AuditWords.Short(about), (filters with { Object = null }).Address);
        if (filters.Subject is { } subject)
            yield return new ActiveFilter("Person", AuditWords.Short(subject.ToString()), (filters with { Subject = null }).Address);
        if (filters.Request is { } request)
            yield return new ActiveFilter("Request", request, (filters with { Request = null }).Address);
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
        var start = clock.GetTimestamp();
        _verification = await log.VerifyAsync(Actor, Closing);
        (_took, _verifiedAt) = (clock.GetElapsedTime(start), clock.GetUtcNow());
    });

    private async Task ShowEntryAsync(long id) => _entry = await entries.FindAsync(Actor, id, Closing);

    private void Close() => _entry = null;

    private string ActorName(string? id) => _actors.FirstOrDefault(actor => actor.Id == id)?.Name ?? id ?? "";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Read(ChangeEventArgs change) =>
        DateOnly.TryParseExact(change.Value?.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
