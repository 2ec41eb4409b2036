namespace ConsentPortal.Domain.Campaigns;

/// <summary>What becomes of the consent of somebody who does not react. The numbers are stored.</summary>
public enum SilenceOutcome
{
    /// <summary>The consent to the campaign's purpose ends.</summary>
    EndConsent = 1,

    /// <summary>The person is texted once a month at most, until they choose otherwise.</summary>
    TextSeldom = 2,
}

/// <summary>A question to those who have been silent for long whether they still want the texts (CT-09: list hygiene).</summary>
/// <param name="IdleDays">Without any sign of life for so long, though consented for as long.</param>
/// <param name="AnswerDays">How long they have to give one once the text has arrived.</param>
public sealed record Reengagement(int IdleDays, int AnswerDays, SilenceOutcome Outcome)
{
    public const int LeastIdleDays = 30;
    public const int MostIdleDays = 3_650;
    public const int LeastAnswerDays = 3;
    public const int MostAnswerDays = 365;

    public const int UsualIdleDays = 180;
    public const int UsualAnswerDays = 14;
}

public sealed partial class Campaign
{
    public int? IdleDays { get; private set; }

    public int? AnswerDays { get; private set; }

    public SilenceOutcome? WhenSilent { get; private set; }

    /// <summary>Null for a campaign that asks nobody to come back.</summary>
    public Reengagement? Reengages => IdleDays is { } idle ? new Reengagement(idle, AnswerDays!.Value, WhenSilent!.Value) : null;

    public void Reengage(Reengagement? reengagement) =>
        (IdleDays, AnswerDays, WhenSilent) = (reengagement?.IdleDays, reengagement?.AnswerDays, reengagement?.Outcome);
}
