using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Audit;

public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<Leases>()
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditEntries>()
        .AddSingleton<OpenAudit>()
        .AddSingleton<AuditSealer>();
}
