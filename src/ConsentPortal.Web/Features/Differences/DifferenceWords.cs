using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Web.Features.Differences;

/// <summary>What the provider says and how, in words.</summary>
internal static class DifferenceWords
{
    public static string Of(ProviderDifference difference) => difference switch
    {
        ProviderDifference.None => "No difference",
        ProviderDifference.BlockedThere => "Blocked there, active here",
        ProviderDifference.StoppedHere => "Stopped here, open there",
    };

    /// <summary>Short, for a filter and a chip.</summary>
    public static string Of(ProviderEvidence evidence) => evidence switch
    {
        ProviderEvidence.OptedOut => "Receipt: opted out",
        ProviderEvidence.Barred => "Number barred",
        ProviderEvidence.Records => "Provider's records",
        ProviderEvidence.List => "Provider's list",
        ProviderEvidence.Delivered => "Text delivered",
        ProviderEvidence.NotOnList => "Not on its list",
    };

    /// <summary>A sentence without its full stop; the date follows it.</summary>
    public static string Sentence(ProviderEvidence evidence) => evidence switch
    {
        ProviderEvidence.OptedOut => "A receipt for a text of ours says that the person has opted out",
        ProviderEvidence.Barred => "It took no text because the number is barred",
        ProviderEvidence.Records => "It refused a text of this account because the person has opted out",
        ProviderEvidence.List => "The number stands on its list of blocked numbers",
        ProviderEvidence.Delivered => "It delivered a text of ours",
        ProviderEvidence.NotOnList => "The number is missing on its complete list of blocked numbers",
    };

    /// <summary>The evidence that can stand behind a difference.</summary>
    public static IReadOnlyList<ProviderEvidence> Of(bool isBlockedThere) => isBlockedThere
        ? [ProviderEvidence.OptedOut, ProviderEvidence.Barred, ProviderEvidence.Records, ProviderEvidence.List]
        : [ProviderEvidence.Delivered, ProviderEvidence.NotOnList];
}
