using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Breaches;

public static class BreachRegistration
{
    public static IServiceCollection AddBreaches(this IServiceCollection services) => services
        .AddSingleton<BreachRegister>()
        .AddSingleton<RecordBreach>()
        .AddSingleton<EditBreach>()
        .AddSingleton<TellOfBreach>()
        .AddSingleton<CloseBreach>()
        .AddSingleton<ExportBreaches>()
        .AddSingleton<MakeBreachNotification>();
}
