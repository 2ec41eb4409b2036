using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Imports.Undo;
using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsentPortal.Application.Imports;

public static class ImportRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<Leases>();
        return services.AddSingleton<ImportSubscribers>().AddSingleton<EndOrphanedImports>().AddSingleton<ImportTermsReader>().AddSingleton<ImportList>().AddSingleton<ImportDetail>().AddSingleton<ImportPresets>()
            .AddSingleton<SubmitImport>().AddSingleton<DecideImport>().AddSingleton<UndoImport>().AddSingleton<ConsentRetraction>().AddSingleton<ValueRestoration>().AddSingleton<PeopleRemoval>();
    }
}
