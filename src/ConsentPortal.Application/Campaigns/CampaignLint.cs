using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What the rules say of a campaign's text, while it is written and before it is submitted or approved.</summary>
public sealed class CampaignLint(PortalDatabase database, PublicAddress address, ShortLinks links, TimeProvider clock)
{
    // Names of the usual kind, of the longest that is reckoned with, and with a letter that is not in the seven-bit alphabet.
    private static readonly string LongName = new('m', TextDraft.LongestName);
    private static readonly string AccentedName = new string('m', TextDraft.LongestName - 1) + "ë";

    /// <param name="campaign">Null for one that is not saved yet.</param>
    public async Task<Result<CampaignGround>> GroundAsync(
        Actor actor, PurposeId purposeId, SegmentId? segment, DateTimeOffset startAt, CampaignId? campaign, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == purposeId, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var version = await db.Segments.Where(s => s.Id == segment).Select(s => s.CurrentVersion).SingleOrDefaultAsync(cancellationToken);
        return await CampaignGround.ReadAsync(db, purpose, segment, version, Later(startAt), campaign, address, cancellationToken) with { Links = links };
    }

    /// <summary>No query and no clock: called at every pause in typing.</summary>
    /// <param name="languages">Of those who would read it; null for everybody in the audience.</param>
    public static IReadOnlyList<LintFinding> Check(CampaignGround ground, string body, IReadOnlyList<string?>? languages = null)
    {
        ArgumentNullException.ThrowIfNull(ground);
        if (string.IsNullOrWhiteSpace(body))
            return [];
        var template = MessageTemplate.Parse(body).TryGet(out var parsed, out _) ? parsed : null;
        return MessageLinter.Check(new TextDraft
        {
            Template = body, Readings = template is null ? [] : Readings(ground, template, LinksOf(ground, body), languages ?? ground.Languages),
            FieldsThatAreGone = AttributeFields.Gone(ground.Attributes, template), SensitiveFields = AttributeFields.Sensitive(ground.Attributes, template),
            MessageClass = ground.MessageClass, Brand = ground.Brand, Sender = ground.Sender, Countries = ground.Countries, Policy = ground.Policy, At = ground.At,
            FieldsThatMayBeMissing = [.. MergeField.All.Where(f => f.MayBeMissing).Select(f => f.Name), .. ground.Attributes.Select(f => f.Name)],
            HasPreferencePages = ground.Link is not null, ToldHowToStopThisMonth = ground.ToldHowToStopThisMonth, OwnHost = ground.Links?.Host,
        });
    }

    /// <summary>The same for each of a campaign's texts, in each language by what those read who would get it.</summary>
    public static IReadOnlyList<TextFinding> Check(CampaignGround ground, Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        char? Letter(char variant) => campaign.OtherTexts.Count == 0 ? null : variant;
        return
        [
            .. campaign.Texts.SelectMany(t => Check(ground, t.Body, UsualReaders(ground, campaign.Language, [.. campaign.Translations.Where(o => o.Variant == t.Variant).Select(o => o.Language)]))
                .Select(f => new TextFinding(Letter(t.Variant), f))),
            .. campaign.Translations.SelectMany(t => Check(ground, t.Body, [t.Language]).Select(f => new TextFinding(Letter(t.Variant), f, t.Language))),
        ];
    }

    /// <summary>The languages of those in the audience for whom there are no words but the usual ones.</summary>
    /// <param name="usual">The language of those words; null where it was never said.</param>
    /// <param name="further">In which the text is there besides.</param>
    public static IReadOnlyList<string?> UsualReaders(CampaignGround ground, string? usual, IReadOnlyCollection<string> further)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return [.. ground.Languages.Where(language => language is null || !further.Contains(language)).Select(language => language ?? usual).DefaultIfEmpty(usual).Distinct()];
    }

    /// <summary>Read before a change, whose transaction should not wait for a look at a million people.</summary>
    /// <returns>Null when there is no such campaign.</returns>
    internal async Task<CampaignGround?> GroundOfAsync(CampaignId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is { } campaign
            ? await GroundOfAsync(db, campaign, await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken), cancellationToken)
            : null;
    }

    internal async Task<CampaignGround> GroundOfAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken) =>
        await CampaignGround.ReadAsync(db, purpose, campaign.SegmentId, campaign.SegmentVersion, Later(campaign.StartAt), campaign.Id, address, cancellationToken) with
        {
            Links = links, CountsClicks = campaign.CountsClicks,
        };

    private DateTimeOffset Later(DateTimeOffset startAt) => clock.GetUtcNow() is var now && startAt > now ? startAt : now;

    /// <summary>Languages that say how to stop in the same words read the same text.</summary>
    private static DraftReading[] Readings(CampaignGround ground, MessageTemplate template, CampaignLinks? links, IReadOnlyList<string?> languages) =>
    [
        .. languages.DistinctBy(StopLine.In).Select(language => new DraftReading(
            language, Merged(ground, template, links, language, "Alex", "Morgan"), Merged(ground, template, links, language, LongName, LongName), Merged(ground, template, links, language, AccentedName, AccentedName))),
    ];

    private static CampaignLinks? LinksOf(CampaignGround ground, string body) => ground.CountsClicks ? ground.Links?.Of([body]) : null;

    private static MessageBody Merged(CampaignGround ground, MessageTemplate template, CampaignLinks? links, string? language, string firstName, string lastName)
    {
        var text = template.Render(new MergeValues(firstName, lastName, ground.Brand, StopLine.In(language), ground.Link)
        {
            Attributes = AttributeFields.Invented(ground.Attributes, template, language, firstName),
        }).Text;
        return new MessageBody(links?.Shorten(text) ?? text);
    }
}
