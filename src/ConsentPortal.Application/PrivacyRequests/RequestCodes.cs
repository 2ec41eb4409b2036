using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>Texts a one-time code to the number of whoever a request is about, so that whoever asks can read it to staff.</summary>
public sealed class TextRequestCode(PortalDatabase database, TextPreferenceCode codes, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
                    return new RequestNotFound();
                if (request.SubscriberId is not { } subject)
                    return new CodeNeedsRecord();
                if (!request.IsOpen || await OwnAct.FindAsync(db, subject, cancellationToken) is not { } person)
                    return new RequestNotReady("This request is closed or its person is erased. No code was sent.");
                if (!await codes.PlanAsync(db, actor, person, string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}"), cancellationToken))
                    return new CodesUsedUp();
                RequestChange.Tell(db, actor, request, now, new RequestStep("request.codeTexted", "A code was texted to the number."));
                return Done.Value;
            },
            cancellationToken);
    }
}

/// <summary>Takes the code that the person read to staff. It counts once, for ten minutes and five tries, and only the latest one counts.</summary>
public sealed class ReadRequestCode(PortalDatabase database, PreferenceCodes codes, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string code, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
                    return new RequestNotFound();
                if (request.SubscriberId is not { } subject)
                    return new CodeRefused();
                var row = await db.OneTimeCodes.Where(c => c.SubscriberId == subject).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
                if (!request.IsOpen || row is null or { UsedAt: not null } || row.ExpiresAt <= now || row.Attempts >= PreferenceCodes.MostAttempts)
                    return new CodeRefused();
                if (!codes.IsRightForRequest(row, Digits(code)))
                {
                    row.Attempts++;
                    db.Audit(actor, now, new AuditFact("code.wrong", "subscriber", subject.ToString(), subject, After: new Dictionary<string, object?> { ["attempts"] = row.Attempts }));
                    return new CodeRefused();
                }

                row.UsedAt = now;
                request.ProveNumber(now);
                RequestChange.Tell(db, actor, request, now, new RequestStep("request.numberProven", "The code texted to the number was read back."));
                return Done.Value;
            },
            cancellationToken);
    }

    private static string Digits(string code) => new([.. code.Where(char.IsAsciiDigit)]);
}

public sealed record CodesUsedUp()
    : Failure("This number had three codes within the hour or six within the day, or no purpose is there to text in whose name. No code was sent; try again later.");

public sealed record CodeNeedsRecord()
    : Failure("No record has this number, and no text leaves without a person and a decision about them. No code was sent; recognise the person yourself, and write what you saw.");
