using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="State">Null for all.</param>
/// <param name="Reason">Null for any; otherwise its code, or the provider's of a failed text.</param>
/// <param name="After">The last id of the page before; null for the first page.</param>
public sealed record RecipientQuery(CampaignId CampaignId, MessageState? State = null, string? Reason = null, long? After = null)
{
    /// <summary>All whose text failed or expired; <see cref="State"/> is null then.</summary>
    public bool IsUndelivered { get; init; }

    /// <summary>Only who drew this text; null for all.</summary>
    public char? Variant { get; init; }

    /// <summary>Only those whose words are in this language; null for all.</summary>
    public string? Language { get; init; }
}

public sealed record RecipientRow(
    long Id, SubscriberId SubscriberId, string MaskedPhone, string? Region, MessageState State, string? Reason, string? Rule, string? ErrorCode,
    DateTimeOffset DueAt, DateTimeOffset? SentAt, DateTimeOffset? FinalAt)
{
    /// <summary>What <see cref="ErrorCode"/> means; null for no code, and for one that nobody has written down.</summary>
    public ProviderErrorMeaning? Error { get; init; }

    /// <summary>Which of the campaign's texts; null where there is one, or none for this person.</summary>
    public char? Variant { get; init; }

    /// <summary>Of their words; null where there is one language, and before anything was decided.</summary>
    public string? Language { get; init; }

    /// <summary>Billed; null before it was sent.</summary>
    public int? Parts { get; init; }

    /// <summary>In euro; null where the provider has told none.</summary>
    public decimal? Price { get; init; }

    /// <summary>The fields that the provider named when it refused the text, with its reasons; null when it named none.</summary>
    public string? RefusedFields { get; init; }

    /// <summary>Whether the rules were asked: not for whom the campaign itself leaves out.</summary>
    public bool IsDecided { get; init; }

    /// <summary>What a person said came of it, where nobody else knew.</summary>
    public DoubtAnswer? Answer { get; init; }
}

/// <param name="Next">What to ask for the next page; null on the last.</param>
public sealed record RecipientPage(IReadOnlyList<RecipientRow> Rows, long? Next);

/// <summary>Everybody of a campaign, sent to or not, and why.</summary>
public sealed class CampaignRecipients(PortalDatabase database, SubscriberVault vault, ISmsGateway gateway)
{
    public const int PageSize = 25;

    public async Task<RecipientPage> PageAsync(Actor actor, RecipientQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var rows = await RowsAsync(db, query, PageSize + 1, cancellationToken);
        return new RecipientPage([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    internal static IQueryable<OutboundMessage> Matching(PortalDbContext db, RecipientQuery query)
    {
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == query.CampaignId);
        if (query.State is { } state)
            texts = texts.Where(m => m.State == state);
        if (query.IsUndelivered)
            texts = texts.Where(m => m.State == MessageState.Failed || m.State == MessageState.Expired);
        if (query.Reason is { Length: > 0 } reason)
            texts = texts.Where(m => m.Reason == reason || m.ErrorCode == reason);
        if (query.Variant is { } variant)
            texts = texts.Where(m => m.Variant == variant);
        if (query.Language is { } language)
            texts = texts.Where(m => m.Language == language);
        return query.After is { } after ? texts.Where(m => m.Id > after) : texts;
    }

    internal async Task<IReadOnlyList<RecipientRow>> RowsAsync(PortalDbContext db, RecipientQuery query, int count, CancellationToken cancellationToken)
    {
        var rows = await (
            from message in Matching(db, query)
            join person in db.Subscribers on message.SubscriberId equals person.Id
            orderby message.Id
            select new { Message = message, person.WrappedKey, person.PhoneSealed, person.Region })
            .Take(count).ToListAsync(cancellationToken);
        var answers = await DoubtList.AnswersAsync(db, [.. rows.Select(r => r.Message.Id)], cancellationToken);
        return rows.ConvertAll(r => new RecipientRow(
            r.Message.Id, r.Message.SubscriberId, vault.Open(r.Message.SubscriberId, r.WrappedKey, r.PhoneSealed, null, r.Region)?.Phone.ToString() ?? "Erased",
            r.Region, r.Message.State, r.Message.Reason, r.Message.Rule, r.Message.ErrorCode, r.Message.DueAt, r.Message.SentAt, r.Message.FinalAt)
        {
            Error = r.Message.ErrorCode is { } code ? gateway.Explain(code, SourceOf(r.Message)) : null,
            Variant = r.Message.Variant, Language = r.Message.Language, Parts = r.Message.Parts, Price = r.Message.Price, RefusedFields = r.Message.RefusedFields, IsDecided = r.Message.DecisionKind is not null && r.Message.DecidedAt is not null,
            Answer = answers.GetValueOrDefault(r.Message.Id),
        });
    }

    /// <summary>What was refused at once never left; a text that was taken may have lost parts.</summary>
    private static ProviderCodeSource SourceOf(OutboundMessage text) => text.SentAt is null || text.State == MessageState.Accepted ? ProviderCodeSource.Answer : ProviderCodeSource.Receipt;
}
