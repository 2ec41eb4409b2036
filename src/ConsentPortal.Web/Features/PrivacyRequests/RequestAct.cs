using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>One act on the request of the page, and what is said when it succeeds.</summary>
public sealed record RequestAct(Func<Actor, PrivacyRequestId, CancellationToken, Task<Result<Done>>> Run, string Success);
