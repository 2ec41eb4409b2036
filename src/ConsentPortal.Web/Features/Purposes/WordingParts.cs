using ConsentPortal.Domain.Consent.Linting;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>The parts of a wording as its form calls them.</summary>
internal static class WordingParts
{
    public static string Name(WordingPart part) => part switch
    {
        WordingPart.Text => "Words",
        WordingPart.DoubleOptInPrompt => "Asks to confirm",
        WordingPart.Confirmation => "Welcome",
        WordingPart.HelpReply => "Answer to HELP",
        WordingPart.StopReply => "Answer to STOP",
    };
}
