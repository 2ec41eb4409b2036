using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <param name="Region">ISO 3166 country of the number.</param>
internal sealed record JudgedText(SentText Text, string? Region, SentHours Hours)
{
    /// <summary>Whether it may have reached a clock of its person at an hour at which the rules let nobody be texted.</summary>
    public bool IsOutsideHours => Text.IsBound && Hours.IsWithin == false;

    /// <summary>The earliest local time of the day; null where no clock is known.</summary>
    public TimeOnly? Earliest => Hours.LocalTimes.Count == 0 ? null : Hours.LocalTimes.Min(TimeOnly.FromDateTime);

    public TimeOnly? Latest => Hours.LocalTimes.Count == 0 ? null : Hours.LocalTimes.Max(TimeOnly.FromDateTime);

    public string RulesInWords => string.Join("; ", Hours.Rules);

    public string BrokenInWords => string.Join("; ", Hours.Broken);

    /// <summary>On which local time, and of which rules, it was outside the hours.</summary>
    public string OutsideInWords => $"left at {string.Join(" or ", Hours.LocalTimes.Distinct().Order().Select(local => local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)))}, outside {BrokenInWords}";
}

/// <summary>
/// Judges texts that have left by the hours that the rules gave for their recipient's place and their class: under the version of the policy that decided on them, or under the present
/// one where none is recorded. Place and number are those of today.
/// </summary>
internal sealed class RecipientHours
{
    private readonly SubscriberVault _vault;
    private readonly PastPolicies _past;
    private readonly PolicyVersion _present;

    private RecipientHours(SubscriberVault vault, PastPolicies past, PolicyVersion present) => (_vault, _past, _present) = (vault, past, present);

    /// <param name="present">The instant whose policy judges texts without a recorded version.</param>
    public static async Task<RecipientHours> OpenAsync(PortalDbContext db, SubscriberVault vault, DateTimeOffset present, CancellationToken cancellationToken) =>
        new(vault, await PastPolicies.OpenAsync(db, cancellationToken), await ActivePolicy.AtAsync(db, present, cancellationToken));

    /// <param name="texts">Some thousand at most.</param>
    public async Task<IReadOnlyList<JudgedText>> JudgeAsync(PortalDbContext db, IReadOnlyList<SentText> texts, CancellationToken cancellationToken)
    {
        var (people, levels) = (await PeopleAsync(db, texts, cancellationToken), await LevelsAsync(db, texts, cancellationToken));
        return [.. texts.Select(text =>
        {
            var (region, facts) = people.TryGetValue(text.Person, out var person) ? person : (null, new SendFacts { MessageClass = text.Class, To = Recipient.Invalid });
            // A decision that let the text go names a consent that counted then.
            var consent = text.Decision == (int)DecisionKind.Allow && text.ConsentEventId is { } id && levels.TryGetValue(id, out var level) ? new SendConsent { State = ConsentStatus.Granted, Level = level } : null;
            var policy = text.Policy is { } version ? _past.Of(version) : _present;
            return new JudgedText(text, region, SentHours.Of(facts with { MessageClass = text.Class, Consent = consent }, policy, text.SentAt));
        })];
    }

    private async Task<Dictionary<SubscriberId, (string? Region, SendFacts Facts)>> PeopleAsync(PortalDbContext db, IReadOnlyList<SentText> texts, CancellationToken cancellationToken)
    {
        var ids = texts.Select(text => text.Person).Distinct().ToArray();
        var rows = await db.Subscribers.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Id))
            .Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region, s.DeclaredRegion, s.DeclaredState, s.DeclaredZone }).ToListAsync(cancellationToken);
        return rows.ToDictionary(r => r.Id, r => (r.Region, new SendFacts
        {
            MessageClass = MessageClass.Marketing, To = _vault.Open(r.Id, r.WrappedKey, r.PhoneSealed, null, r.Region) is { } opened ? Recipient.Of(opened.Phone) : Recipient.Invalid,
            DeclaredCountry = r.DeclaredRegion, DeclaredState = r.DeclaredState, DeclaredZone = r.DeclaredZone,
        }));
    }

    /// <summary>How strong the consents were that the decisions name: some hours are lifted by one.</summary>
    private static async Task<Dictionary<long, ConsentLevel>> LevelsAsync(PortalDbContext db, IReadOnlyList<SentText> texts, CancellationToken cancellationToken)
    {
        var ids = texts.Select(text => text.ConsentEventId).OfType<long>().Distinct().ToArray();
        return ids.Length == 0 ? [] : await db.ConsentEvents.AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Level, cancellationToken);
    }
}
