using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The way of one request from receipt to answer, with the one step that is next.</summary>
public sealed partial class RequestSteps
{
    [Parameter, EditorRequired]
    public required PrivacyRequestView Request { get; set; }

    private IEnumerable<Step> Steps
    {
        get
        {
            var isNextFound = false;
            foreach (var (name, isDone, detail) in Request.Unrecorded is { } unrecorded ? Unrecorded(unrecorded) : Request.Kind == PrivacyRequestKind.Erasure ? Erasure() : Other())
            {
                var isNow = !isDone && !isNextFound && Request.IsOpen;
                isNextFound |= isNow;
                yield return new Step(name, isDone, isNow, detail);
            }
        }
    }

    private bool IsDone => Request.Status is PrivacyRequestStatus.Completed or PrivacyRequestStatus.Replying;

    private (string Name, bool IsDone, string? Detail) Reply => ("Tell the person", Request.Status == PrivacyRequestStatus.Completed, "Counts from the day on which the letter left");

    private (string Name, bool IsDone, string? Detail) Verification => ("Verify who asks", Request.VerifiedAt is not null, Request.VerifiedBy);

    private string Provider => Request.Provider is { Texts: > 0 } provider
        ? $"{Figures.Count(provider.Texts - provider.Open)} of {Figures.Counted(provider.Texts, "text")} answered; its server logs fade out within about a month"
        : "Every text by its id, an hour after the last one";

    private IEnumerable<(string Name, bool IsDone, string? Detail)> Erasure()
    {
        yield return ("Receive", true, $"By {Request.Source.ToLowerInvariant()}");
        yield return Verification;
        yield return ("Put before a second person", Request.AskedById is not null, Request.AskedBy is { } asker ? $"Asked by {asker}" : null);
        yield return ("Approve", Request.ApprovedBy is not null, Request.ApprovedBy is { } approver ? $"Approved by {approver}" : "Never by whoever asked");
        yield return ("Erase", Request.IsErased, "Destroys the person's key; can't be undone");
        yield return ("Search for what is left", IsDone || Request.AwaitsProvider, "Every table and file; nothing may be found");
        yield return ("Erase at the SMS provider", IsDone, Provider);
        yield return Reply;
    }

    private IEnumerable<(string Name, bool IsDone, string? Detail)> Unrecorded(UnrecordedView unrecorded)
    {
        yield return ("Receive", true, $"By {Request.Source.ToLowerInvariant()}; no record has the number");
        if (unrecorded.Stop is not null)
            yield return ("Stop texts to the number", true, "On the do-not-text list, as a code");
        if (Request.NeedsVerification)
            yield return Verification;
        yield return ("Search for the number", unrecorded.SearchedAt is not null, unrecorded.SearchedAt is { } at ? $"Last on {Figures.Date(DateOnly.FromDateTime(at.UtcDateTime))} (UTC)" : "Every table, as of now");
        yield return (Request.NeedsReply ? "Answer that nothing is held" : "Close; the law wants no answer", IsDone, "Or join it to a record that has come into being");
        if (Request.NeedsReply)
            yield return Reply;
    }

    private IEnumerable<(string Name, bool IsDone, string? Detail)> Other()
    {
        yield return ("Receive", true, $"By {Request.Source.ToLowerInvariant()}");
        if (Request.NeedsVerification)
            yield return Verification;
        if (Request.Kind is PrivacyRequestKind.Access or PrivacyRequestKind.Portability)
        {
            var package = Request.Package;
            yield return ("Collect the data", package.CollectedAt is not null, null);
            yield return ("Review and approve it", package.ReviewedAt is not null || (package.IsMade && IsDone),
                package.ReviewedBy is { } reviewer ? $"By {reviewer}; {Figures.Counted(package.Redactions, "redaction")}" : "Withhold what is about others");
            yield return ("Make the package", package.IsMade, package.IsMade ? "The audit trail keeps its hash" : null);
            yield return ("Hand it over", IsDone || package.Downloads > 0, package.FirstDownloadAt is null ? null : $"Downloaded by the person, {Figures.Counted(package.Downloads, "time")}");
        }

        yield return (Request.NeedsReply ? "Carry out" : "Carry out; the law wants no answer", IsDone, RequestWords.EffectOf(Request.Kind));
        if (Request.NeedsReply)
            yield return Reply;
    }

    private sealed record Step(string Name, bool IsDone, bool IsNow, string? Detail);
}
