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
        .AddSingleton<SignInLog>()
        .AddSingleton<StaffMail>()
        .AddSingleton<CreateApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<ApiKeyList>()
        .AddSingleton<ApiKeyActors>()
        .AddSingleton<ApiAnswers>();
}
