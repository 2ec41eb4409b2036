using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Imports.Undo;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Imports;

public static class ImportRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations();
        return services.AddSingleton<ImportSubscribers>().AddSingleton<ImportTermsReader>().AddSingleton<ImportList>().AddSingleton<ImportDetail>().AddSingleton<ImportPresets>()
            .AddSingleton<SubmitImport>().AddSingleton<DecideImport>().AddSingleton<UndoImport>().AddSingleton<ConsentRetraction>().AddSingleton<ValueRestoration>().AddSingleton<PeopleRemoval>();
    }
}
