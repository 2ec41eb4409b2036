using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Audit;

public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations();
        services.AddHttpClient(CheckpointWitness.HttpClient, client => client.Timeout = TimeSpan.FromSeconds(5));
        return services
            .AddSingleton<Leases>()
            .AddSingleton<CheckpointWitness>()
            .AddSingleton<AuditVerifications>()
            .AddSingleton<VerifyAudit>()
            .AddSingleton<VerifyAuditNightly>()
            .AddSingleton<AuditProofs>()
            .AddSingleton<RotateLogKey>()
            .AddSingleton<ExportAuditEntries>()
            .AddSingleton<SavedAuditFilters>()
            .AddSingleton<RevealAuditValues>()
            .AddSingleton<AuditLog>()
            .AddSingleton<AuditEntries>()
            .AddSingleton<OpenAudit>()
            .AddSingleton<AuditSealer>();
    }
}
