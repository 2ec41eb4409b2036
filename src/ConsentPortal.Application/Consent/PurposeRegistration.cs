using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Consent;

public static class PurposeRegistration
{
    public static IServiceCollection AddPurposes(this IServiceCollection services) => services
        .AddSingleton<PurposeList>()
        .AddSingleton<PurposeDetail>()
        .AddSingleton<SavePurpose>()
        .AddSingleton<RetirePurpose>()
        .AddSingleton<SaveKeyword>()
        .AddSingleton<RetireKeyword>()
        .AddSingleton<SaveWording>()
        .AddSingleton<WordingPictures>()
        .AddSingleton<AskAgain>()
        .AddSingleton<OpenEvidence>()
        .AddSingleton<JoinForm>()
        .AddSingleton<JoinByForm>()
        .AddSingleton<TakeConsent>()
        .AddSingleton<TakeWithdrawal>()
        .AddSingleton<ConsentLookup>()
        .AddSingleton<ExpireConsents>()
        .AddSingleton<SuppressionList>()
        .AddSingleton<AddSuppression>()
        .AddSingleton<AddSuppressionFile>()
        .AddSingleton<LiftSuppression>()
        .AddSingleton<ExportSuppressions>()
        .AddSingleton<ConsentAsOf>()
        .AddSingleton<ConsentRegister>()
        .AddSingleton<ExportConsentRegister>();
}
