using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>The words of one group of a batch: a campaign's template, or what a reply's row already holds.</summary>
internal sealed class TextsOfGroup(Campaign? campaign, Purpose purpose, PublicAddress address, ShortLinks shortLinks)
{
    private readonly Dictionary<string, MessageBody> _bodies = new(StringComparer.Ordinal);
    private CampaignTemplates? _templates = campaign is not null && CampaignTemplates.Parse(campaign).TryGet(out var templates, out _) ? templates : null;
    private AttributesOfPeople _attributes = AttributesOfPeople.None;

    private readonly CampaignLinks? _links = campaign is null ? null : shortLinks.Of(campaign);

    public string Sender => purpose.Sender;

    /// <summary>
    /// Reads the custom attributes that the words name, for all people of a batch at once. A text that names one which was taken out of the portal after its
    /// approval has no words any more: nobody has read it as it would be without.
    /// </summary>
    public async Task ReadAttributesAsync(PortalDbContext db, IReadOnlyCollection<SubscriberId> people, CancellationToken cancellationToken)
    {
        if (_templates is null)
            return;
        if (await AttributeFields.RefusalAsync(db, _templates.All, cancellationToken) is not null)
            _templates = null;
        else
            _attributes = await AttributesOfPeople.ReadAsync(db, people, _templates.Attributes, cancellationToken);
    }

    /// <summary>Paused or cancelled between the look and the claim.</summary>
    public bool IsStopped => campaign is not null && campaign.Status != CampaignStatus.Sending;

    /// <summary>
    /// Nothing more is sent for a purpose that was retired. Answers to what a person does go on: a stop is confirmed, whatever became of the purpose.
    /// </summary>
    public bool IsRetired(OutboundMessage row) => purpose.RetiredAt is not null && row.Kind is (MessageKind.Campaign or MessageKind.Transactional);

    /// <summary>Whoever agreed after the places of a limited campaign were given out gets one where one is left.</summary>
    public bool TakePlace() => campaign?.TakePlace() == true;

    /// <summary>The language of the words for somebody who reads this one; null where the campaign has one language, or there is none.</summary>
    public string? LanguageFor(OutboundMessage row, string? reads) => row.BodySealed is null ? _templates?.Of(row.Variant, reads).Language : row.Language;

    /// <param name="reads">The language by which the words are chosen.</param>
    /// <returns>Null when there are no words for this person.</returns>
    public MessageBody? BodyFor(OutboundMessage row, PersonFacts person, SubjectKey key, string? reads)
    {
        var text = row.BodySealed is { } kept ? key.Open(kept, SealedField.MessageBody)
            : _templates?.Of(row.Variant, reads) is { } chosen ? chosen.Template.Render(MergeValues.Of(person, purpose, chosen.Template, address, chosen.Language, _attributes)).Text : null;
        if (text is null)
            return null;
        if (!_bodies.TryGetValue(text, out var body))
            _bodies[text] = body = new MessageBody(row.BodySealed is null ? Short(text) : text);
        return body;
    }

    /// <summary>The words as they leave: links that are counted are the person's own from here on. They are as long as before.</summary>
    public string WordsOf(OutboundMessage row, MessageBody body) => _links?.For(body.Text, row.Id) ?? body.Text;

    private string Short(string text) => _links?.Shorten(text) ?? text;

    /// <summary>What the person did that a text answers; null for texts that answer nothing.</summary>
    public static InboundAnswer? AnswerTo(OutboundMessage row) => row.Kind switch
    {
        MessageKind.OptOutConfirmation => new InboundAnswer(AnswerKind.OptOutConfirmation, Replies.StopReceivedAt(row)),
        MessageKind.HelpReply => new InboundAnswer(AnswerKind.Help, row.PlannedAt),
        MessageKind.OptInConfirmation => new InboundAnswer(AnswerKind.OptInConfirmation, row.PlannedAt),
        MessageKind.DoubleOptInPrompt => new InboundAnswer(AnswerKind.DoubleOptInPrompt, row.PlannedAt),
        MessageKind.OneTimeCode => new InboundAnswer(AnswerKind.OneTimeCode, row.PlannedAt),
        MessageKind.Campaign or MessageKind.Transactional => null,
    };
}
