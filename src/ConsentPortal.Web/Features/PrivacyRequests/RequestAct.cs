using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>One act on the request of the page, and what is said when it succeeds.</summary>
public sealed record RequestAct(Func<Actor, PrivacyRequestId, CancellationToken, Task<Result<Done>>> Run, string Success)
{
    /// <summary>Set by the page once it has run. What was written for an act that was refused stays in its fields.</summary>
    public bool IsDone { get; set; }
}
