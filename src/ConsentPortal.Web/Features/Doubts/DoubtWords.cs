using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Doubts;

/// <summary>Why texts are in doubt, what look-ups said, and how a person settled them, in words.</summary>
internal static class DoubtWords
{
    public static string Of(DoubtStage stage) => stage switch
    {
        DoubtStage.Waiting => "To settle",
        DoubtStage.LookedUp => "Still looked up",
        DoubtStage.Settled => "Settled by hand",
    };

    public static (Meaning Meaning, string Word) Of(DoubtSettlement settlement) => settlement switch
    {
        DoubtSettlement.Left => (Meaning.Granted, "It left"),
        DoubtSettlement.DidNotLeave => (Meaning.Withdrawn, "It did not leave"),
    };

    /// <summary>Beside a text, in one line: who settled it, and how.</summary>
    public static string Settled(DoubtAnswer answer) => $"{Of(answer.As).Word}, says {answer.Who}";

    /// <param name="cause">Null where the process ended before it could write why.</param>
    public static string Of(UnconfirmedCause? cause) => cause switch
    {
        UnconfirmedCause.Timeout => "The provider did not answer in time",
        UnconfirmedCause.ConnectionLost => "The connection broke before the answer",
        UnconfirmedCause.ServerError => "The provider reported a fault of its own",
        UnconfirmedCause.UnreadableAnswer => "The answer was not the provider's",
        UnconfirmedCause.Interrupted => "The portal was shut down during the call",
        null => "The portal ended, or lost touch, before it noted the answer",
    };

    public static string Looked(DoubtRow row) => row switch
    {
        { Looks: 0 } => "Never asked",
        { NotThere: 0 } => $"Asked {Times(row.Looks)}, never an answer",
        { Unanswered: not null } => $"Not there {Times(row.NotThere)}, then no answer",
        _ => $"Not there, asked {Times(row.Looks)}",
    };

    private static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{Figures.Count(count)} times",
    };
}
