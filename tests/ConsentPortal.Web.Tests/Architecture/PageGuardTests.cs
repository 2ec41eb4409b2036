using System.Reflection;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Account;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>Every page says who may open it, and asks only what asks again.</summary>
public sealed class PageGuardTests
{
    /// <summary>Pages that a stranger must reach, or that say nothing.</summary>
    private static readonly Type[] ForStrangers = [typeof(SignInPage), typeof(TwoFactorPage), typeof(AcceptInvitationPage), typeof(NotFoundPage), typeof(ErrorPage)];

    /// <summary>Pages for everybody who is signed in: their own account, and the news that a page is closed to them.</summary>
    private static readonly Type[] ForAnyStaff = [typeof(AccountPage), typeof(AccessDeniedPage)];

    /// <summary>What components may use though it does not ask who acts.</summary>
    private static readonly (Type Service, string Method)[] AsksNobody =
    [
        // Finds out who acts.
        (typeof(StaffActors), nameof(StaffActors.FindAsync)),
        // The way in and out, before there is an actor.
        (typeof(SignInStaff), nameof(SignInStaff.WithPasswordAsync)),
        (typeof(SignInStaff), nameof(SignInStaff.WithSecondFactorAsync)),
        (typeof(SignInStaff), nameof(SignInStaff.WithoutPasswordAsync)),
        (typeof(SignInStaff), nameof(SignInStaff.SignOutAsync)),
        // Everybody's own account, whatever else they may do.
        (typeof(ChangeOwnAccount), nameof(ChangeOwnAccount.SetPasswordAsync)),
        (typeof(ChangeOwnAccount), nameof(ChangeOwnAccount.ChangePasswordAsync)),
        (typeof(ChangeOwnAccount), nameof(ChangeOwnAccount.OfferKeyAsync)),
        (typeof(ChangeOwnAccount), nameof(ChangeOwnAccount.TurnOnSecondFactorAsync)),
        (typeof(ChangeOwnAccount), nameof(ChangeOwnAccount.TurnOffSecondFactorAsync)),
        // Says of a report, to whoever holds its code, that it is genuine; never what stands in it.
        (typeof(MadeReports), nameof(MadeReports.FindAsync)),
    ];

    [Fact]
    public void Every_page_names_one_permission_of_the_catalogue_unless_it_is_listed_here()
    {
        var known = PermissionCatalogue.All.Select(entry => entry.Permission).ToHashSet();

        Assert.Empty(
            from page in PortalArchitecture.Pages.Except(ForStrangers).Except(ForAnyStaff)
            let policies = page.GetCustomAttributes<AuthorizeAttribute>().Select(attribute => attribute.Policy).ToList()
            where !policies.Exists(policy => policy is not null && known.Contains(policy)) && !IsPublic(page)
            select page.FullName);
    }

    /// <summary>A router inside a circuit ignores requirements that an attribute carries itself.</summary>
    [Fact]
    public void Pages_are_guarded_by_the_names_of_policies_only() => Assert.Empty(
        from page in PortalArchitecture.Pages
        where page.GetCustomAttributes().Any(attribute => attribute is IAuthorizationRequirementData)
        select page.FullName);

    [Fact]
    public void Only_the_listed_pages_and_those_for_subscribers_let_strangers_in() => Assert.Empty(
        PortalArchitecture.Pages.Where(page => page.IsDefined(typeof(AllowAnonymousAttribute)) && !IsPublic(page)).Except(ForStrangers).Select(page => page.FullName));

    /// <summary>The simulator is apart: its page exists in Development only.</summary>
    [Fact]
    public void Components_call_only_use_cases_and_reads_that_ask_who_acts() => Assert.Empty(
        from component in PortalArchitecture.Written(PortalArchitecture.Faces)
        where typeof(IComponent).IsAssignableFrom(component) && !IsPublic(component)
        from service in component.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
        where service.Assembly == PortalArchitecture.UseCases && service != typeof(SimulatorHost)
        from method in PortalArchitecture.AsyncMethods(service)
        where method.GetParameters() is not [{ } first, ..] || first.ParameterType != typeof(Actor)
        where !AsksNobody.Contains((service, method.Name))
        select $"{component.Name} can call {service.Name}.{method.Name}");

    /// <summary>What shows whose data it is, and the use case that keeps who looked before it shows the same.</summary>
    private static readonly (Type Read, Type? OpenedBy)[] ShowsSomebody =
    [
        (typeof(SubscriberDetail), typeof(OpenSubscriber)), (typeof(PrivacyRequestDetail), typeof(ViewPrivacyRequest)), (typeof(InboxList), null),
    ];

    [Fact]
    public void Components_load_anew_what_names_somebody_only_where_they_also_keep_that_it_was_opened() => Assert.Empty(
        from component in PortalArchitecture.Written(PortalArchitecture.Faces)
        where typeof(IComponent).IsAssignableFrom(component)
        let services = component.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
            .Concat(component.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(property => property.PropertyType)).ToList()
        from shown in ShowsSomebody
        where services.Contains(shown.Read) && (shown.OpenedBy is null || !services.Contains(shown.OpenedBy))
        select $"{component.Name} takes {shown.Read.Name} and does not open it");

    /// <summary>Pages for people outside, who have no account; a signed link or a form is their way in.</summary>
    private static bool IsPublic(Type page) => page.Namespace?.StartsWith("ConsentPortal.Web.PublicPages", StringComparison.Ordinal) is true;
}
