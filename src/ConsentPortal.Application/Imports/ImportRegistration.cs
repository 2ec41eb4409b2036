using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Imports;

public static class ImportRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations();
        return services.AddSingleton<ImportSubscribers>().AddSingleton<ImportTermsReader>().AddSingleton<ImportList>().AddSingleton<ImportDetail>();
    }
}
