namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// Opt-Out Assist: the provider itself reads STOP, START and HELP, blocks or unblocks the pair of handset and number, and
/// answers. The text is forwarded all the same.
/// </summary>
internal static class SimulatorAssist
{
    private static readonly string[] Stops = ["STOP", "STOPALL", "END", "QUIT", "CANCEL", "UNSUBSCRIBE"];
    private static readonly string[] Starts = ["START", "UNSTOP", "JOIN"];
    private static readonly string[] Helps = ["HELP", "INFO"];

    /// <returns>What the provider answers; null for a text that it does not read.</returns>
    public static string? Read(SimulatedReply reply, SimulatorBlocks blocks)
    {
        var word = reply.Text.Trim().Trim('.', '!').ToUpperInvariant();
        if (Stops.Contains(word))
        {
            blocks.Add(reply.From, reply.To, reply.At);
            return "You have been unsubscribed and will get no more texts from this number. Reply START to resubscribe.";
        }

        if (Starts.Contains(word))
            return blocks.Remove(reply.From, reply.To) ? "You have been resubscribed to texts from this number. Reply STOP to unsubscribe." : null;
        return Helps.Contains(word) ? "Reply STOP to unsubscribe. Message and data rates may apply." : null;
    }
}
