using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="Message">In the person's own words; deleted with their data.</param>
/// <param name="Language">Of the page; null where it is not known.</param>
public sealed record AskedAboutData(PhoneNumber Phone, PrivacyRequestKind Kind, string? Message, string? Language = null);

/// <summary>
/// Takes a request from the public form. It is opened unverified; whoever asks learns nothing, because a number that nobody here
/// has gets the same answer, and a request of its own. Asked again while one is open, the message is kept with that one.
/// </summary>
public sealed class AskAboutData(PortalDatabase database, LookupHash hashes, UnrecordedIntake unrecorded, SendingGate gate, TimeProvider clock)
{
    public const int LongestMessage = 1_500;
    internal const string Source = "Web form";

    public async Task<Result<Done>> ExecuteAsync(Actor actor, AskedAboutData asked, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        var now = clock.GetUtcNow();
        var hash = hashes.Phone(asked.Phone);
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await OnePerNumber.FindAsync(db, hash, cancellationToken) is { } person)
                    await OpenPrivacyRequest.EnterOnceAsync(db, gate, actor, person, new NewPrivacyRequest(person.Id, asked.Kind, null, Source, now, Message: Short(asked.Message)), now, cancellationToken);
                else
                    await unrecorded.EnterOnceAsync(db, actor, new NewUnrecordedRequest(asked.Phone, asked.Kind, null, Source, now, Message: Short(asked.Message), Language: asked.Language), now, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    internal static string? Short(string? message) => message?.Trim() is not { Length: > 0 } text ? null : text.Length > LongestMessage ? text[..LongestMessage] : text;
}
