using System.Text.Json;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Application.Messaging;

/// <summary>Where a text stands that a program has asked for.</summary>
public enum ServiceTextState
{
    Planned = 1,
    Deferred = 2,
    Refused = 3,
    Sending = 4,
    Accepted = 5,
    Delivered = 6,
    Failed = 7,
    Expired = 8,

    /// <summary>Whether it left is not known; it is looked up, and never sent again by itself.</summary>
    Unconfirmed = 9,
}

/// <summary>What the API answers, when the text is asked for and whenever it is asked about. Names nobody and quotes nothing of the text.</summary>
/// <param name="Id">The row of the send ledger.</param>
/// <param name="Reason">Why it waits, was refused or failed; null for a text that nothing stops.</param>
/// <param name="Rules">Ids of the rules that spoke against it, such as US-09; later only the one that decided.</param>
/// <param name="Text">What the deciding rule says.</param>
/// <param name="DueAt">Not before (UTC).</param>
/// <param name="Parts">Of its text; later those that were sent.</param>
/// <param name="ErrorCode">The provider's.</param>
/// <param name="Template">The stored text, with its version and language; only in the answer to the request for the text.</param>
public sealed record ServiceTextReceipt(
    long Id, ServiceTextState State, Guid SubscriberId, Guid PurposeId, string Purpose, string? Reason, IReadOnlyList<string> Rules, string? Text, DateTimeOffset DueAt, DateTimeOffset? NotAfter,
    int? Parts, int? PolicyVersion, DateTimeOffset? SentAt, DateTimeOffset? FinalAt, string? ErrorCode,
    string? Template = null, int? TemplateVersion = null, string? Language = null)
{
    private const int Ok = 200;
    private const int AcceptedForLater = 202;

    internal static ServiceTextReceipt Of(OutboundMessage text, Purpose purpose) => new(
        text.Id, StateOf(text.State), text.SubscriberId.Value, purpose.Id.Value, purpose.Name, text.Reason is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason) : null,
        text.Rule is { } rule ? [rule] : [], text.Rule is { } decided ? RuleBook.Find(decided)?.Sentence : null, text.DueAt, text.NotAfter, text.Parts, text.PolicyVersion, text.SentAt, text.FinalAt,
        text.ErrorCode);

    /// <summary>202 where it will go its way, 200 where it was refused and that was recorded.</summary>
    internal ApiAnswer ToAnswer() => ApiAnswer.Of(State is ServiceTextState.Refused ? Ok : AcceptedForLater, this);

    internal ApiAnswer ToState() => ApiAnswer.Of(Ok, this);

    private static ServiceTextState StateOf(MessageState state) => state switch
    {
        MessageState.Planned => ServiceTextState.Planned,
        MessageState.Deferred => ServiceTextState.Deferred,
        MessageState.Skipped => ServiceTextState.Refused,
        MessageState.Sending => ServiceTextState.Sending,
        MessageState.Accepted => ServiceTextState.Accepted,
        MessageState.Delivered => ServiceTextState.Delivered,
        MessageState.Failed => ServiceTextState.Failed,
        MessageState.Expired => ServiceTextState.Expired,
        MessageState.Unconfirmed => ServiceTextState.Unconfirmed,
    };
}

public sealed record NoSuchText()
    : Failure("No program has asked for a text with this id. See the id in the answer to the request for the text.");
