using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>How far an entry of the do-not-text list reaches, with what its scope needs and nothing else.</summary>
/// <param name="PurposeId">Only with <see cref="SuppressionScope.Purpose"/>.</param>
/// <param name="Sender">Only with <see cref="SuppressionScope.Sender"/>: one from which a purpose texts.</param>
public sealed record SuppressionReach(SuppressionScope Scope, PurposeId? PurposeId = null, string? Sender = null)
{
    public static SuppressionReach Everything { get; } = new(SuppressionScope.All);

    /// <summary>An entry in force that reaches exactly as far: a second one would say nothing new.</summary>
    internal Expression<Func<Suppression, bool>> IsTheSame
    {
        get
        {
            var (scope, purpose, sender) = (Scope, PurposeId, Sender);
            return s => s.LiftedAt == null && s.Scope == scope && s.PurposeId == purpose && s.Sender == sender;
        }
    }

    /// <returns>Why the reach can't be used as it stands; null when it can.</returns>
    internal async Task<Failure?> RefusalAsync(PortalDbContext db, CancellationToken cancellationToken) => this switch
    {
        { Scope: SuppressionScope.Purpose, PurposeId: null } => new FieldRefused(nameof(PurposeId), "Choose the purpose that the stop is for. Nothing was listed."),
        { Scope: SuppressionScope.Sender, Sender: null or "" } => new FieldRefused(nameof(Sender), "Choose the sender that the stop is for. Nothing was listed."),
        { Scope: SuppressionScope.Purpose, PurposeId: { } id } => await db.Purposes.AnyAsync(p => p.Id == id, cancellationToken) ? null : new PurposeNotFound(),
        { Scope: SuppressionScope.Sender, Sender: { } from } => await db.Purposes.AnyAsync(p => p.Sender == from, cancellationToken)
            ? null
            : new FieldRefused(nameof(Sender), "No purpose texts from this sender. Nothing was listed; choose one of the senders in use."),
        _ => null,
    };

    /// <summary>The withdrawal of a person who has such a number: the business says so, not they.</summary>
    internal Withdrawal Withdrawal(SuppressionSource source, string reason, DateTimeOffset now) => new(
        Scope, source, source == SuppressionSource.Import ? ConsentChannel.Import : ConsentChannel.Staff, reason, now, PurposeId, IsActOfPerson: false, Sender: Sender);

    /// <param name="isActOfPerson">The person said so themselves, so that their START takes it back.</param>
    internal Suppression Entry(byte[] hash, SuppressionSource source, string reason, DateTimeOffset now, bool isActOfPerson = false) =>
        new() { PhoneHash = hash, Scope = Scope, PurposeId = PurposeId, Sender = Sender, Source = source, Reason = reason, At = now, IsActOfPerson = isActOfPerson };
}
