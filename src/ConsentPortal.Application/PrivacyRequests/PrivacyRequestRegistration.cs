using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Bulk;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.PrivacyRequests;

public static class PrivacyRequestRegistration
{
    public static IServiceCollection AddPrivacyRequests(this IServiceCollection services) => services
        .AddSingleton<PrivacyRequestList>()
        .AddSingleton<PrivacyRequestDetail>()
        .AddSingleton<ViewPrivacyRequest>()
        .AddSingleton<OpenPrivacyRequest>()
        .AddSingleton<UnrecordedIntake>()
        .AddSingleton<OpenUnrecordedRequest>()
        .AddSingleton<SearchForNumber>()
        .AddSingleton<JoinRecord>()
        .AddSingleton<AnswerNothingHeld>()
        .AddSingleton<RevealRequestNumber>()
        .AddSingleton<ExportRequests>()
        .AddSingleton<VerifyRequester>()
        .AddSingleton<TakeBackVerification>()
        .AddSingleton<AskForErasureApproval>()
        .AddSingleton<ApproveErasure>()
        .AddSingleton<SendErasureBack>()
        .AddSingleton<DenyRequest>()
        .AddSingleton<CancelRequest>()
        .AddSingleton<ExtendRequest>()
        .AddSingleton<CommentOnRequest>()
        .AddSingleton<AskAboutData>()
        .AddSingleton<TakePrivacyRequest>()
        .AddSingleton<PauseRequest>()
        .AddSingleton<ResumeRequest>()
        .AddSingleton<AssignRequest>()
        .AddSingleton<TextRequestCode>()
        .AddSingleton<ReadRequestCode>()
        .AddSingleton<LetterDesk>()
        .AddSingleton<DraftLetter>()
        .AddSingleton<WriteLetter>()
        .AddSingleton<ChangeLetter>()
        .AddSingleton<WithdrawLetter>()
        .AddSingleton<PrintLetter>()
        .AddSingleton<MarkLetterSent>()
        .AddSingleton<AssignRequests>()
        .AddSingleton<ExtendRequests>()
        .AddSingleton<CommentOnRequests>()
        .AddSingleton<CloseDuplicates>()
        .AddSingleton<RequestAttachments>()
        .AddSingleton<AttachToRequest>()
        .AddSingleton<OpenAttachment>()
        .AddSingleton<RemoveAttachment>()
        .AddSingleton<DeleteIdentityPapers>()
        .AddSingleton<CompleteRequest>()
        .AddSingleton<LiftRestriction>()
        .AddSingleton<OpenPackageReview>()
        .AddSingleton<PackageReviewDetail>()
        .AddSingleton<CollectPackage>()
        .AddSingleton<WithholdFromPackage>()
        .AddSingleton<ReleaseIntoPackage>()
        .AddSingleton<ConfirmPackageReview>()
        .AddSingleton<MakeAccessPackage>()
        .AddSingleton<PackageLinks>()
        .AddSingleton<CopyPackageLink>()
        .AddSingleton<HandOutPackage>()
        .AddSingleton<RescanForSubscriber>()
        .AddSingleton<RedactAtProvider>()
        .AddSingleton(provider => new ErasureCheck(
            provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<RescanForSubscriber>(), provider.GetRequiredService<RedactAtProvider>(), provider.GetRequiredService<LookupHash>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<EraseSubscriber>()
        .AddSingleton<CloseWithOpenTexts>()
        .AddSingleton<AskProviderAgain>()
        .AddSingleton<RepeatRescan>()
        .AddSingleton<MakeErasureCertificate>();
}
