using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>What rules ask of the words of a text, as building blocks of rule sets. Words that are not known are not judged.</summary>
internal static class Bodies
{
    public static FactRule[] OfEverywhere() =>
    [
        new(Everywhere.PromotionIsMarketing, MessageClasses.Marketing, (in view) => view.Class != view.Facts.MessageClass
            ? Verdict.Warn(SendReason.Reclassified, word: view.Facts.Body?.Signals.Promotion)
            : Verdict.Pass),
        new(Everywhere.BrandInText, MessageClasses.Marketing, (in view) =>
            !string.IsNullOrWhiteSpace(view.Facts.Brand) && view.Facts.Body is { } body && !body.Names(view.Facts.Brand)
                ? Verdict.Block(SendReason.BrandMissing, word: view.Facts.Brand)
                : Verdict.Pass),
        new(Everywhere.SaysHowToStop, MessageClasses.Marketing, (in view) => view.Facts.Body is { Signals.HasOptOut: false }
            ? Verdict.Warn(SendReason.OptOutMissing)
            : Verdict.Pass),
        new(Everywhere.HonestLinks, MessageClasses.All, (in view) => Links(in view, static l => l.IsUnsafe) is { } link
            ? Verdict.Block(SendReason.UnsafeLink, word: link)
            : Verdict.Pass),
        new(Everywhere.WholeText, MessageClasses.All, Whole),
        new(Everywhere.PartLimit, MessageClasses.All, (in view) => view.Facts.Body is { } body && body.Measure.Parts > view.Policy.MaxParts
            ? Verdict.Hold(SendReason.TooManyParts, body.Measure.Parts)
            : Verdict.Pass),
    ];

    /// <summary>The text must say how to stop.</summary>
    public static FactRule SaysHowToStop(PolicyRule rule, MessageClasses classes) => new(rule, classes, (in view) =>
        view.Facts.Body is { Signals.HasOptOut: false } ? Verdict.Block(SendReason.OptOutMissing) : Verdict.Pass);

    public static FactRule NoShorteners(PolicyRule rule) => new(rule, MessageClasses.All, (in view) =>
        Links(in view, static l => l.IsShortener) is { } link ? Verdict.Block(SendReason.Shortener, word: link) : Verdict.Pass);

    /// <summary>Subjects that carriers restrict wait for a person, unless an age gate makes them lawful.</summary>
    public static FactRule NoRestrictedTopics(PolicyRule rule) => new(rule, MessageClasses.Consented, (in view) =>
        view.Facts.Body?.Signals is { Topic: not RestrictedTopic.None } found && !(view.Facts.IsAgeGated && found.Topic.IsLawfulWithAgeGate())
            ? Verdict.Hold(SendReason.RestrictedContent, word: found.TopicWord)
            : Verdict.Pass);

    /// <summary>A sender that cannot get replies must say so in each text and give another way to stop (US-18).</summary>
    public static FactRule OneWaySaysHowToStop(PolicyRule rule) => new(rule, MessageClasses.Consented, (in view) =>
        view.Facts.Sender is { IsOneWay: true } && view.Facts.Body is { } body && !(body.Signals.HasOptOut && body.Signals.HasContact)
            ? Verdict.Block(SendReason.OptOutMissing)
            : Verdict.Pass);

    /// <summary>The text must lead to the sender's identity: a link, an address or a number.</summary>
    public static FactRule LeadsToIdentity(PolicyRule rule, MessageClasses classes) => new(rule, classes, (in view) =>
        view.Facts.Body is { Signals.HasContact: false } ? Verdict.Warn(SendReason.SenderIdentityMissing) : Verdict.Pass);

    private static string? Links(in SendView view, Predicate<BodyLink> isWrong)
    {
        if (view.Facts.Body is not { } body)
            return null;
        foreach (var link in body.Signals.Links)
        {
            if (isWrong(link))
                return link.Text;
        }

        return null;
    }

    private static Verdict Whole(in SendView view)
    {
        if (view.Facts.Body is not { } body)
            return Verdict.Pass;
        if (string.IsNullOrWhiteSpace(body.Text))
            return Verdict.Hold(SendReason.EmptyBody);
        return body.Signals.MergeField is { } field ? Verdict.Hold(SendReason.MissingMergeValue, word: field) : Verdict.Pass;
    }
}
