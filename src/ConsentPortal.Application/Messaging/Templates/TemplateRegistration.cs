using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging.Templates;

public static class TemplateRegistration
{
    /// <summary>Stored texts that programs name instead of writing their own.</summary>
    public static IServiceCollection AddTextTemplates(this IServiceCollection services) => services
        .AddSingleton<TextTemplateList>()
        .AddSingleton<TemplateLint>()
        .AddSingleton<SaveTextTemplate>()
        .AddSingleton<ProposeTextTemplate>()
        .AddSingleton<DecideTextTemplate>()
        .AddSingleton<RetireTextTemplate>();
}
