using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>What a rule may look at: the facts, the instant, and what follows from both without any rule.</summary>
internal readonly ref struct SendView(SendFacts facts, PolicyVersion policy, DateTimeOffset instant, Jurisdiction jurisdiction)
{
    public SendFacts Facts { get; } = facts;

    public PolicyVersion Policy { get; } = policy;

    public DateTimeOffset Instant { get; } = instant;

    public Jurisdiction Jurisdiction { get; } = jurisdiction;

    /// <summary>The claimed class, or marketing where the words are promotional (C-02).</summary>
    public MessageClass Class { get; } =
        facts.MessageClass != MessageClass.Marketing && facts.Body is { Signals.Promotion: not null } ? MessageClass.Marketing : facts.MessageClass;

    /// <summary>An answer to what the person did a moment ago; words that promote make it no answer any more.</summary>
    public InboundAnswer? Answer => Class == MessageClass.Marketing ? null : Facts.Answers;

    /// <summary>The replies that are owed, or asked for, without any consent (C-12, CT-10).</summary>
    public bool NeedsNoConsent => Answer?.Kind is AnswerKind.OptOutConfirmation or AnswerKind.Help or AnswerKind.DoubleOptInPrompt or AnswerKind.OneTimeCode;

    /// <summary>Whether some rule set asks for consent to this class at all.</summary>
    public bool IsConsentNeeded => ConsentNeeds.Of(Class) switch
    {
        ConsentNeed.Never => false,
        ConsentNeed.WhereTheLawAsks => Jurisdiction.NeedsConsentForTransactional,
        ConsentNeed.Always => true,
    };

    public bool IsUnderUsLaw => Jurisdiction.IsUnderUsLaw;

    /// <summary>The policy sends nothing to one of the countries involved.</summary>
    public bool IsCountryClosed
    {
        get
        {
            if (Policy.Countries.Count == 0)
                return false;
            foreach (var country in Jurisdiction.Countries)
            {
                if (Policy.Countries.TryGetValue(country, out var chosen) && !chosen.IsAllowed)
                    return true;
            }

            return false;
        }
    }
}
