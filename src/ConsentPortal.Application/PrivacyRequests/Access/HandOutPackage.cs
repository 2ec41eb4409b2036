using ConsentPortal.Application.Database;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>Gives staff the link behind which the person finds their package, to be put into the letter.</summary>
public sealed class CopyPackageLink(PortalDatabase database, PackageLinks links, TimeProvider clock)
{
    /// <returns>The token of the link.</returns>
    public async Task<Result<string>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<string>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
                    return new RequestNotFound();
                if (MakeAccessPackage.Refusal(request) is { } refusal)
                    return refusal;
                if (!await IsReviewedAsync(db, id, cancellationToken))
                    return new PackageNotReviewed();
                if (request.SubscriberId is not { } subject || await OwnAct.FindAsync(db, subject, cancellationToken) is null)
                    return new SubscribersNumberGone();
                RequestChange.Tell(db, actor, request, now, new RequestStep("request.linkMade", "A link to the package was made; it lasts seven days and asks for a code texted to the number."));
                return links.For(id);
            },
            cancellationToken);
    }

    internal static Task<bool> IsReviewedAsync(PortalDbContext db, PrivacyRequestId id, CancellationToken cancellationToken) =>
        db.PackageReviews.AnyAsync(r => r.RequestId == id && r.ConfirmedAt != null, cancellationToken);
}

/// <summary>Hands the package to whoever comes by its link and reads back a code that is texted to the number. Each download stands in the audit trail.</summary>
public sealed class HandOutPackage(PortalDatabase database, PackageLinks links, TextPreferenceCode text, ReadPreferenceCode read, MakeAccessPackage package)
{
    /// <returns>Whose package it is, while the request is verified, its review confirmed and the person there.</returns>
    public async Task<Result<SubscriberId>> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (!links.Read(token).TryGet(out var id, out var refused))
            return refused;
        await using var db = database.Open();
        var request = await db.PrivacyRequests.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        return request is { SubscriberId: { } subject } && MakeAccessPackage.Refusal(request) is null && await CopyPackageLink.IsReviewedAsync(db, id, cancellationToken) && await OwnAct.FindAsync(db, subject, cancellationToken) is not null
            ? subject : new PackageLinkRefused();
    }

    public async Task<Result<Done>> TextCodeAsync(Actor actor, string? token, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        return (await FindAsync(token, cancellationToken)).TryGet(out var person, out var refused)
            ? await text.ExecuteAsync(Self(actor, person), person, cancellationToken) : refused;
    }

    /// <returns>The package as a zip.</returns>
    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, string? token, string code, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        if (!(await FindAsync(token, cancellationToken)).TryGet(out var person, out var refused))
            return refused;
        var self = Self(actor, person);
        return (await read.ExecuteAsync(self, person, code, cancellationToken)).TryGet(out _, out var wrong)
            ? await package.ForPersonAsync(self, links.Read(token).Value, cancellationToken) : wrong;
    }

    private static Actor Self(Actor actor, SubscriberId person) => actor with { Id = person.ToString() };
}

public sealed record SubscribersNumberGone()
    : Failure("The number is not this person's any more, so that a code would reach somebody else. Nothing was made; hand the package out yourself.");
