using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Staff;

/// <summary>One member of staff: roles, a new link, suspension.</summary>
public sealed partial class StaffMemberPage(StaffList staff, ChangeStaff change, InviteStaff invite, StaffMail mail, NavigationManager navigation)
{
    private HashSet<string> _chosen = [];
    private IReadOnlyList<RoleRow> _roles = [];
    private StaffRow? _person;
    private bool _isLoaded;
    private string _reason = "";
    private Uri? _link;
    private Failure? _problem;

    [Parameter]
    public Guid Id { get; set; }

    private bool IsMe => Id.ToString() == Actor.Id;

    private string? WhyNotRoles =>
        IsMe ? "Nobody changes their own roles; ask another administrator."
        : _chosen.Count == 0 ? "Choose at least one role, or suspend the person."
        : RoleWords.Conflict(_roles.Where(role => _chosen.Contains(role.Name))) is not null ? "Resolve the conflict of roles."
        : _chosen.SetEquals(_person!.Roles) ? "Nothing was changed." : null;

    private string? WhyNotSuspend =>
        IsMe ? "Nobody suspends themselves."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why; it is kept in the audit trail." : null;

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _roles = await staff.RolesAsync(Actor, Closing);
        _person = (await staff.AllAsync(Actor, Closing)).FirstOrDefault(person => person.Id == Id);
        _chosen = [.. _person?.Roles ?? []];
        _isLoaded = true;
    }

    private Task SaveRolesAsync() => RunAsync(async () =>
    {
        if ((await change.RolesAsync(Actor, Id, [.. _chosen], Closing)).TryGet(out _, out _problem))
            await ToldAsync("The roles were changed. What the person has open ends within a minute.");
    });

    private Task SuspendAsync() => RunAsync(async () =>
    {
        var suspends = _person!.SuspendedAt is null;
        if ((await change.SuspendAsync(Actor, Id, suspends, _reason.Trim(), Closing)).TryGet(out _, out _problem))
            await ToldAsync(suspends ? "The person is suspended." : "The person can sign in again.");
    });

    private Task InviteAgainAsync() => RunAsync(async () =>
    {
        if (!(await invite.RepeatAsync(Actor, Id, Closing)).TryGet(out var invitation, out _problem))
            return;
        _link = InvitationLink.Of(navigation, invitation);
        await mail.InviteAsync(Actor, invitation, _link, Closing);
    });

    private Task ToldAsync(string sentence)
    {
        Say(sentence, MudBlazor.Severity.Success);
        _reason = "";
        return LoadAsync();
    }
}
