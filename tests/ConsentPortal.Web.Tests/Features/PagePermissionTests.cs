using System.Reflection;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features;

public sealed class PagePermissionTests
{
    /// <summary>Pages for strangers, and those that every member of staff may open.</summary>
    private static readonly string[] WithoutPermission =
        ["AcceptInvitationPage", "AccessDeniedPage", "AccountPage", "ErrorPage", "NotFoundPage", "SignInPage", "TwoFactorPage"];

    private static readonly HashSet<string> Known = [.. PermissionCatalogue.All.Select(p => p.Permission)];

    public static TheoryData<Type> StaffPages() =>
        [.. typeof(PortalPage).Assembly.GetTypes().Where(IsPage).Where(type => !WithoutPermission.Contains(type.Name) && !IsPublic(type))];

    [Theory]
    [MemberData(nameof(StaffPages))]
    public void Every_staff_page_asks_for_a_permission_by_its_name(Type page)
    {
        var policies = page.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy).Where(policy => policy is not null).ToList();

        Assert.True(policies.Count == 1 && Known.Contains(policies[0]!), $"{page.FullName} needs [Authorize(Policy = Permissions.…)].");
        Assert.Empty(page.GetCustomAttributes<AllowAnonymousAttribute>());
    }

    [Fact]
    public void The_list_of_pages_without_a_permission_names_only_pages_that_exist()
    {
        var pages = typeof(PortalPage).Assembly.GetTypes().Where(IsPage).Select(type => type.Name).ToHashSet();

        Assert.Empty(WithoutPermission.Except(pages));
    }

    private static bool IsPage(Type type) => type.IsAssignableTo(typeof(IComponent)) && type.GetCustomAttributes<RouteAttribute>().Any();

    /// <summary>Pages of subscribers carry no session at all; a test of theirs says what they may do.</summary>
    private static bool IsPublic(Type type) => type.Namespace?.StartsWith("ConsentPortal.Web.PublicPages", StringComparison.Ordinal) == true;
}
