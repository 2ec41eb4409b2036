using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What a package would hold, before it is made: somebody reads it, withholds what is about others, and says that it may go out.</summary>
public sealed partial class PackageReviewPage(OpenPackageReview open, PackageReviewDetail detail, ReviewActs acts) : PortalPage
{
    private PackagePreview? _preview;
    private Failure? _missing;
    private bool _isRead;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The section whose texts are shown; the first that has any where the address names none.</summary>
    [SupplyParameterFromQuery]
    public string? Section { get; set; }

    private PackageSection? Chosen =>
        Enum.TryParse<PackageSection>(Section, ignoreCase: true, out var section) && Enum.IsDefined(section) ? section : _preview?.Sections.FirstOrDefault(s => s.Texts.Count > 0)?.Section;

    protected override async Task OnParametersSetAsync()
    {
        var id = PrivacyRequestId.From(Id);
        // One entry of the audit trail for a visit, whatever is done in it.
        if (_preview?.Id != id && _missing is null)
            (await open.ExecuteAsync(Actor, id, Closing)).TryGet(out _preview, out _missing);
    }

    private Task CollectAsync() => ActAsync(acts.Collect.ExecuteAsync, "What was written since is there now. Look through it, and confirm.");

    private Task WithholdAsync(Withholding wish) => ActAsync((actor, id, token) => acts.Withhold.ExecuteAsync(actor, id, wish, token), "It is withheld; a marker stands in its place.");

    private Task ReleaseAsync(long redaction) => ActAsync((actor, id, token) => acts.Release.ExecuteAsync(actor, id, redaction, token), "It is let out again.");

    private Task ConfirmAsync()
    {
        var collectedAt = _preview!.CollectedAt;
        return ActAsync((actor, id, token) => acts.Confirm.ExecuteAsync(actor, id, collectedAt, token), "The review is confirmed. Make the package now.");
    }

    private Task ActAsync(Func<Domain.Staff.Actor, PrivacyRequestId, CancellationToken, Task<Result<Done>>> run, string success) => RunAsync(async () =>
    {
        _isRead &= !Tell(await run(Actor, _preview!.Id, Closing), success);
        (await detail.GetAsync(Actor, _preview!.Id, Closing)).TryGet(out _preview, out _missing);
    });
}
