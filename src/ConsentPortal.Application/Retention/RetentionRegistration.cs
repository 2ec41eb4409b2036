using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Retention.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Retention;

public static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<RetentionSweep, SentWordsSweep>()
        .AddSingleton<RetentionSweep, ReceivedWordsSweep>()
        .AddSingleton<RetentionSweep, ReceiptsSweep>()
        .AddSingleton<RetentionSweep, ImportRowsSweep>()
        .AddSingleton<RetentionSweep, PrivacyRequestsSweep>()
        .AddSingleton<RetentionSweep, EvidenceDocumentsSweep>()
        .AddSingleton<RetentionSweep, PeopleSweep>()
        .AddSingleton<RetentionSweep, ApiAnswersSweep>()
        .AddSingleton<RetentionSweep, OneTimeCodesSweep>()
        .AddSingleton<RetentionSweep, KeptReportsSweep>()
        .AddSingleton<RetentionOverview>()
        .AddSingleton<ChangeRetention>()
        .AddSingleton<BackupLife>()
        .AddSingleton<PlaceLegalHold>()
        .AddSingleton<LiftLegalHold>()
        .AddSingleton(provider => new PreviewRetention(
            provider.GetRequiredService<PortalDatabase>(), provider.GetServices<RetentionSweep>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new RunRetention(
            provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<DatabaseRemains>(), provider.GetRequiredService<Leases>(), provider.GetServices<RetentionSweep>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RunRetention>>()));
}
