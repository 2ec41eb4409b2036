using ConsentPortal.Application.PrivacyRequests.Review;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What can be done with the review of a package from its page, in one hand.</summary>
public sealed record ReviewActs(CollectPackage Collect, WithholdFromPackage Withhold, ReleaseIntoPackage Release, ConfirmPackageReview Confirm);
