using ConsentPortal.Application.Database;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Staff;

public static class StaffRegistration
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<StaffActors>()
        .AddSingleton<ShippedRoles>()
        .AddSingleton<StaffList>()
        .AddSingleton<InviteStaff>()
        .AddSingleton<InviteFirstAdministrator>()
        .AddSingleton<ChangeStaff>()
        .AddSingleton<OwnAccounts>()
        .AddSingleton<StrangersAtSignIn>()
        .AddSingleton(s => new SignInStaff(s.GetRequiredService<PortalDatabase>(), s.GetRequiredService<OwnAccounts>(), s.GetRequiredService<StrangersAtSignIn>()))
        .AddSingleton(s => new ChangeOwnAccount(s.GetRequiredService<OwnAccounts>()))
        .AddSingleton<StaffMail>()
        .AddSingleton<CreateApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<ApiKeyList>()
        .AddSingleton<ApiKeyActors>()
        .AddSingleton<ApiAnswers>();
}
