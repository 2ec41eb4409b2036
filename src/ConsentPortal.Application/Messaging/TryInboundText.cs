using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging;

/// <summary>Where the person stands who would send the text.</summary>
public enum HandsetState
{
    /// <summary>Nobody is known under the number.</summary>
    Unknown = 1,

    /// <summary>They were asked to reply YES and have not.</summary>
    Asked = 2,
    Agreed = 3,

    /// <summary>They have texted STOP.</summary>
    Stopped = 4,
}

/// <param name="To">The sender that the text would go to, as a purpose names it.</param>
/// <param name="Language">Of the person; null where it is not known.</param>
public sealed record InboundQuestion(string Text, string To, string? Language, HandsetState State);

/// <param name="Joins">The purpose whose own word the text is.</param>
/// <param name="Action">What would happen, as a sentence.</param>
/// <param name="Reply">The exact words that would be texted back; null where nothing would.</param>
public sealed record InboundTrial(TextMeaning Meaning, string? Joins, string Action, MessageKind? ReplyKind, string? Reply);

/// <summary>What a text would do if somebody sent it now. Nothing is kept and nothing is sent.</summary>
public sealed class TryInboundText(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<InboundTrial>> ExecuteAsync(Actor actor, InboundQuestion question, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var programmes = await InboundProgrammes.OfAsync(db, question.To, cancellationToken);
        if (programmes.Purposes.Count == 0)
            return new PurposeNotFound();
        var (meaning, joins) = programmes.Read(question.Text);
        var (action, kind, about) = Outcome(programmes, meaning, joins, question.State);
        var wording = about is null ? null : programmes.WordingOf(about.Id, joins?.Language ?? question.Language);
        if (kind == MessageKind.OptOutConfirmation && !meaning.IsWrongNumber && await AsksWhatToKeepAsync(db, cancellationToken))
            action += " Where the text answers marketing, the confirmation goes on to ask which other texts the person wants to keep.";
        if (DataRequestWords.Read(question.Text) is { } asked)
            action += $" It also opens an unverified request for {(asked == PrivacyRequestKind.Access ? "access" : "erasure")}, and the answer names the page where the number is proven.";
        return kind is { } reply && wording is not null
            ? new InboundTrial(meaning, joins?.Purpose.Name, action, reply, Replies.BodyOf(wording, reply))
            : new InboundTrial(meaning, joins?.Purpose.Name, action, null, null);
    }

    private async Task<bool> AsksWhatToKeepAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await ActivePolicy.AtAsync(db, clock.GetUtcNow(), cancellationToken) is { AsksWhatToKeep: true, OptOutScope: OptOutScope.ByMessageClass };

    private static (string Action, MessageKind? Reply, Purpose? About) Outcome(InboundProgrammes programmes, TextMeaning meaning, JoinWord? joins, HandsetState state)
    {
        var first = programmes.Purposes[0];
        return meaning.Action switch
        {
            TextAction.OptOut when state == HandsetState.Stopped => ("The person has stopped already. A second stop is kept and never confirmed again.", null, null),
            TextAction.OptOut when meaning.IsWrongNumber => ("Every text stops at once, and the number counts as somebody else's: what was agreed under it is over.", MessageKind.OptOutConfirmation, first),
            TextAction.OptOut when meaning.Tier == "T5" => ("Every text stops at once, and the inbox asks a person to check the reading.", MessageKind.OptOutConfirmation, first),
            TextAction.OptOut => ("Every text stops at once; planned ones are skipped.", MessageKind.OptOutConfirmation, first),
            TextAction.Help => ("The question is answered, at any hour.", MessageKind.HelpReply, first),
            TextAction.OptIn => Joining(programmes, joins, state),
            TextAction.Confirm when state == HandsetState.Asked => ("The waiting consent is granted.", MessageKind.OptInConfirmation, first),
            TextAction.Confirm => ("Nothing waits for a YES, so nothing changes.", null, null),
            TextAction.Review => ("Marketing to this person stands still until somebody has read the text; unread, it is taken as an opt-out.", null, null),
            TextAction.None => ("It is kept in the conversation and changes no consent.", null, null),
        };
    }

    private static (string Action, MessageKind? Reply, Purpose? About) Joining(InboundProgrammes programmes, JoinWord? joins, HandsetState state)
    {
        if (joins is null && state == HandsetState.Stopped)
            return ("The person takes back their own stop and agrees anew to what they had stopped.", MessageKind.OptInConfirmation, programmes.Purposes[0]);
        if (joins is null && state == HandsetState.Agreed)
            return ("The person has agreed already, so nothing changes.", null, null);
        if ((joins?.Purpose ?? programmes.Purposes.FirstOrDefault(p => p.JoinKeyword is not null)) is not { } wanted)
            return ("No purpose of this sender is joined by text, so nothing changes.", null, null);
        if (state == HandsetState.Agreed)
            return ($"The consent to {wanted.Name} is recorded again.", null, null);
        if (state == HandsetState.Asked && wanted.NeedsDoubleOptIn)
            return ("The person was asked already; the question is not repeated while it waits.", null, null);
        var closed = wanted.Countries is null ? "" : " A number of a country that the purpose is not open to gets no answer.";
        return wanted.NeedsDoubleOptIn
            ? ($"The person is asked to confirm with YES that they want {wanted.Name}.{closed}", MessageKind.DoubleOptInPrompt, wanted)
            : ($"The person agrees to {wanted.Name}. German and Austrian numbers are asked for a YES first.{closed}", MessageKind.OptInConfirmation, wanted);
    }
}
