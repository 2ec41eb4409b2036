using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Demo;

/// <summary>Privacy requests of several kinds and laws, one in each state, through the steps that staff would take; one is overdue.</summary>
public sealed class DemoRequests(PortalDatabase database, DemoProgress progress, StaffActors staff, IServiceProvider services, TimeProvider clock)
{
    private const string AgentEmail = "support@demo.example";
    private const string OfficerEmail = "compliance@demo.example";

    // Of those that are kept for plays: nobody has it, nor does anybody in the demo, where no number begins like this.
    private static readonly PhoneNumber Stranger = new("+12025550182", "US");

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var (agent, officer) = (await FindAsync(AgentEmail, cancellationToken), await FindAsync(OfficerEmail, cancellationToken));
        var people = new Queue<SubscriberId>(await PeopleAsync(cancellationToken));
        (string Step, Func<SubscriberId, Task> Work)[] requests =
        [
            ("access", person => OpenAsync(agent, person, PrivacyRequestKind.Access, "Email", days: 40, cancellationToken: cancellationToken)),
            ("objection", person => HeldAsync(agent, officer, person, cancellationToken)),
            ("rectification", person => OpenAsync(agent, person, PrivacyRequestKind.Rectification, "Web form", days: 2, note: "New surname after a wedding; asks for the change by letter too.", cancellationToken: cancellationToken)),
            ("written", async person => await WrittenAsync(agent, await VerifiedAsync(agent, person, PrivacyRequestKind.Access, "Letter", 26, cancellationToken), cancellationToken)),
            ("restriction", person => VerifiedAsync(agent, person, PrivacyRequestKind.Restriction, "Email", 9, cancellationToken)),
            ("reviewed", person => ReviewedAsync(agent, person, "Phone", 6, cancellationToken)),
            ("approved", person => ApprovedAsync(agent, officer, person, "Preference page", 11, cancellationToken)),
            ("erased", person => ErasedAsync(agent, officer, person, cancellationToken)),
            ("answered", person => AnsweredAsync(agent, person, cancellationToken)),
            ("withdrawn", person => WithdrawnAsync(agent, person, cancellationToken)),
            ("denied", person => DeniedAsync(agent, person, cancellationToken)),
            ("cancelled", person => CancelledAsync(agent, person, cancellationToken)),
        ];
        // In a very small demo there are not enough people who have had no text.
        if (people.Count < requests.Length && !await progress.IsDoneAsync(requests[0].Step, cancellationToken))
            return;
        // What was cut short stays where it was, as a request of one more person: the step begins again with another one.
        foreach (var (step, work) in requests)
            if (people.Count > 0)
                await progress.DoAsync(step, () => work(people.Dequeue()), cancellationToken);
        await progress.DoAsync("unrecorded", () => UnrecordedAsync(agent, cancellationToken), cancellationToken);
        await BreachedAsync(officer, cancellationToken);
    }

    /// <summary>No record has the number. It was searched for, and who asks is not made sure yet; of California's 45 days twelve are left.</summary>
    private async Task UnrecordedAsync(Actor agent, CancellationToken cancellationToken)
    {
        var opened = await Get<OpenUnrecordedRequest>().ExecuteAsync(
            agent, new NewUnrecordedRequest(Stranger, PrivacyRequestKind.Access, null, "Web form", clock.GetUtcNow().AddDays(-33), Message: "A text about boots came to this number, and I never asked for any. What do you hold on me?", Language: "en"), cancellationToken);
        // An earlier start was killed before the search.
        var id = opened.Failure is RequestIsOpenAlready open ? open.Id : opened.Value;
        Sure(await Get<SearchForNumber>().ExecuteAsync(agent, id, cancellationToken));
    }

    private async Task HeldAsync(Actor agent, Actor officer, SubscriberId person, CancellationToken cancellationToken)
    {
        await OpenAsync(agent, person, PrivacyRequestKind.Objection, "Phone", days: 17, cancellationToken: cancellationToken);
        var until = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(9);
        Sure(await Get<PlaceLegalHold>().ExecuteAsync(officer, new NewLegalHold(person, null, "Claim under the TCPA announced by a lawyer's letter", until), cancellationToken));
    }

    /// <summary>One that is over, and one whose clock runs.</summary>
    private async Task BreachedAsync(Actor officer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var old = await BreachAsync(officer, new BreachText(
            "Printed list left in a delivery van", "A list of 40 numbers for a store event was printed and left in a van; the driver returned it sealed after two hours.", now.AddDays(-61), now.AddDays(-61).AddHours(-2),
            "Telephone numbers and first names", 40, 40, BreachRisk.Unlikely, "None seen: the envelope came back sealed.", "Lists are no longer printed; the event team uses the portal on a tablet.",
            "The envelope was never opened, so that a risk is unlikely (GDPR art. 33(1)).", "Data protection officer, privacy@aurora.example"), cancellationToken);
        await using (var db = database.Open())
        {
            if (await db.Breaches.AnyAsync(b => b.Id == old && b.ClosedAt == null, cancellationToken))
                Sure(await Get<CloseBreach>().ExecuteAsync(officer, old, null, cancellationToken));
        }

        await BreachAsync(officer, new BreachText(
            "Segment export mailed to a wrong address", "An export of a segment was attached to a mail whose address had a typing error; the receiver is unknown.", now.AddHours(-30), now.AddHours(-33),
            "Telephone numbers, purposes and languages", 212, 212, BreachRisk.Risk, "Unwanted calls or texts.", "The receiver was asked to delete the mail; the provider of the mailbox was informed.",
            null, "Data protection officer, privacy@aurora.example"), cancellationToken);
    }

    private async Task<Guid> BreachAsync(Actor officer, BreachText text, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var there = await db.Breaches.Where(b => b.Title == text.Title).Select(b => b.Id).ToListAsync(cancellationToken);
        if (there is [var id])
            return id;
        var recorded = await Get<RecordBreach>().ExecuteAsync(officer, text, cancellationToken);
        Sure(recorded);
        return recorded.Value;
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private async Task<Actor> FindAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(cancellationToken);
        return await staff.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException("The demo staff are not there yet.");
    }

    /// <summary>From several countries, and without texts at the provider, which nobody would answer for yet.</summary>
    private async Task<List<SubscriberId>> PeopleAsync(CancellationToken cancellationToken)
    {
        var people = new List<SubscriberId>();
        await using var db = database.Open();
        foreach (var region in new[] { "DE", "US", "GB", "FR" })
        {
            people.AddRange(await db.Subscribers.AsNoTracking()
                .Where(s => s.Region == region && !db.PrivacyRequests.Any(r => r.SubscriberId == s.Id) && !db.OutboundMessages.Any(m => m.SubscriberId == s.Id) && !db.InboundMessages.Any(m => m.SubscriberId == s.Id))
                .OrderByDescending(s => s.Id).Select(s => s.Id).Take(5).ToListAsync(cancellationToken));
        }

        // One of each country in turn.
        return [.. people.Select((id, i) => (id, i)).OrderBy(p => p.i % 5).ThenBy(p => p.i).Select(p => p.id)];
    }

    private async Task<PrivacyRequestId> OpenAsync(
        Actor agent, SubscriberId person, PrivacyRequestKind kind, string source, double days, string? note = null, CancellationToken cancellationToken = default) =>
        (await Get<OpenPrivacyRequest>().ExecuteAsync(agent, new NewPrivacyRequest(person, kind, null, source, clock.GetUtcNow().AddDays(-days), note), cancellationToken)).Value;

    private async Task<PrivacyRequestId> VerifiedAsync(Actor agent, SubscriberId person, PrivacyRequestKind kind, string source, double days, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(agent, person, kind, source, days, cancellationToken: cancellationToken);
        Sure(await Get<VerifyRequester>().ExecuteAsync(agent, id, VerifyRequester.Ways[0], null, cancellationToken));
        return id;
    }

    /// <summary>The mail that came after the letter, and who answers it.</summary>
    private async Task WrittenAsync(Actor agent, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        var mail = EvidenceFile.ReadLetter("What do you hold on me.eml", [.. "From: somebody@post.example\r\nTo: privacy@aurora.example\r\nSubject: What do you hold on me?\r\n\r\nI wrote you a letter last week. When can I expect an answer?\r\n"u8]);
        Sure(mail);
        Sure(await Get<AttachToRequest>().ExecuteAsync(agent, id, AttachmentKind.Email, mail.Value, cancellationToken));
        Sure(await Get<AssignRequest>().ExecuteAsync(agent, id, Guid.Parse(agent.Id), cancellationToken));
        await LookedThroughAsync(agent, id, cancellationToken);
    }

    /// <summary>Somebody else is named in what the package would hold, and is withheld; whether it may go out is not decided yet. A letter waits to be sent.</summary>
    private async Task LookedThroughAsync(Actor agent, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        Sure(await Get<CommentOnRequest>().ExecuteAsync(agent, id, "Her neighbour Jonas Weidner called for her; he was told that only she can ask.", cancellationToken));
        Sure(await Get<CommentOnRequest>().ExecuteAsync(agent, id, "The branch remembers her: she filled in the paper form together with Jonas Weidner.", cancellationToken));
        Sure(await Get<WriteLetter>().ExecuteAsync(agent, id, LetterKind.Acknowledgement, null, cancellationToken));
        Sure(await Get<OpenPackageReview>().ExecuteAsync(agent, id, cancellationToken));
        Sure(await Get<WithholdFromPackage>().ExecuteAsync(agent, id, new Withholding(null, "Jonas Weidner", RedactionGround.RightsOfOthers, "Not a party to the request"), cancellationToken));
    }

    private async Task<PrivacyRequestId> ReviewedAsync(Actor agent, SubscriberId person, string source, double days, CancellationToken cancellationToken)
    {
        var id = await VerifiedAsync(agent, person, PrivacyRequestKind.Erasure, source, days, cancellationToken);
        Sure(await Get<AskForErasureApproval>().ExecuteAsync(agent, id, "No open order, no claim: nothing speaks against it.", cancellationToken));
        return id;
    }

    private async Task<PrivacyRequestId> ApprovedAsync(Actor agent, Actor officer, SubscriberId person, string source, double days, CancellationToken cancellationToken)
    {
        var id = await ReviewedAsync(agent, person, source, days, cancellationToken);
        Sure(await Get<ApproveErasure>().ExecuteAsync(officer, id, cancellationToken));
        return id;
    }

    private async Task ErasedAsync(Actor agent, Actor officer, SubscriberId person, CancellationToken cancellationToken)
    {
        var id = await ApprovedAsync(agent, officer, person, "Email", 14, cancellationToken);
        Sure(await Get<EraseSubscriber>().ExecuteAsync(officer, id, cancellationToken));
        Sure(await Get<WriteLetter>().ExecuteAsync(agent, id, LetterKind.Completion, null, cancellationToken));
        await SentAsync(agent, id, cancellationToken);
    }

    private async Task AnsweredAsync(Actor agent, SubscriberId person, CancellationToken cancellationToken)
    {
        var id = await VerifiedAsync(agent, person, PrivacyRequestKind.Portability, "Web form", 12, cancellationToken);
        await ReadThroughAsync(agent, id, cancellationToken);
        Sure(await Get<MakeAccessPackage>().ExecuteAsync(agent, id, cancellationToken));
        Sure(await Get<CompleteRequest>().ExecuteAsync(agent, id, "Package sent as an encrypted archive; the password went by letter.", cancellationToken));
        Sure(await Get<WriteLetter>().ExecuteAsync(agent, id, LetterKind.Completion, null, cancellationToken));
        await SentAsync(agent, id, cancellationToken);
    }

    /// <summary>Every letter of the request left today.</summary>
    private async Task SentAsync(Actor agent, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var today = (await OrganisationDays.OfAsync(db, cancellationToken)).Of(clock.GetUtcNow());
        foreach (var letter in await db.PrivacyRequestLetters.Where(l => l.RequestId == id).Select(l => l.Id).ToListAsync(cancellationToken))
            Sure(await Get<MarkLetterSent>().ExecuteAsync(agent, letter, today, cancellationToken));
    }

    private async Task ReadThroughAsync(Actor agent, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        var preview = await Get<OpenPackageReview>().ExecuteAsync(agent, id, cancellationToken);
        Sure(preview);
        Sure(await Get<ConfirmPackageReview>().ExecuteAsync(agent, id, preview.Value.CollectedAt, cancellationToken));
    }

    private async Task WithdrawnAsync(Actor agent, SubscriberId person, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(agent, person, PrivacyRequestKind.Withdrawal, "Phone", 3, cancellationToken: cancellationToken);
        Sure(await Get<CompleteRequest>().ExecuteAsync(agent, id, "All texts stopped; told on the phone.", cancellationToken));
    }

    private async Task DeniedAsync(Actor agent, SubscriberId person, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(agent, person, PrivacyRequestKind.Access, "Email", 20, cancellationToken: cancellationToken);
        Sure(await Get<DenyRequest>().ExecuteAsync(agent, id, "The person could not be identified, and two letters stayed unanswered.", cancellationToken));
        await SentAsync(agent, id, cancellationToken);
    }

    private async Task CancelledAsync(Actor agent, SubscriberId person, CancellationToken cancellationToken)
    {
        var id = await OpenAsync(agent, person, PrivacyRequestKind.OptOutOfSale, "Preference page", 1, cancellationToken: cancellationToken);
        Sure(await Get<CancelRequest>().ExecuteAsync(agent, id, "Entered for the wrong person.", cancellationToken));
    }

    private static void Sure<T>(Result<T> outcome)
    {
        if (!outcome.IsSuccess)
            throw new InvalidOperationException($"The demo data could not be made: {outcome.Failure.Message}");
    }
}
