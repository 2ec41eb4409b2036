using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Preferences;

public static class PreferenceRegistration
{
    public static IServiceCollection AddPreferences(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PublicAddressOptions>().BindConfiguration(PublicAddressOptions.Section).ValidateDataAnnotations();
        return services
            .AddSingleton<PublicAddress>()
            .AddSingleton<PreferenceLinks>()
            .AddSingleton<PreferenceCodes>()
            .AddSingleton<PreferenceCentre>()
            .AddSingleton<ChangePreferences>()
            .AddSingleton<SwitchPurpose>()
            .AddSingleton<StopEverything>()
            .AddSingleton<EndSharing>()
            .AddSingleton<TextPreferenceCode>()
            .AddSingleton<ReadPreferenceCode>()
            .AddSingleton<CopyPreferenceLink>()
            .AddSingleton<AskForErasure>()
            .AddSingleton<DownloadOwnData>();
    }
}
