using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Staff;

/// <summary>Who works here, and what each role may do.</summary>
public sealed partial class StaffPage(StaffList staff)
{
    private const string People = "people";
    private static readonly TabLink[] Tabs = [new(People, "People"), new("roles", "Roles")];

    private IReadOnlyList<StaffRow>? _people;
    private IReadOnlyList<RoleRow>? _roles;

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    private string Current => Tab == "roles" ? Tab : People;

    protected override async Task OpenAsync()
    {
        _people = await staff.AllAsync(Actor, Closing);
        _roles = await staff.RolesAsync(Actor, Closing);
    }

    private bool IsMe(StaffRow person) => person.Id.ToString() == Actor.Id;
}
