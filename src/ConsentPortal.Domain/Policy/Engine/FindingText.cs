namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>The sentences in which findings are read.</summary>
internal static class FindingText
{
    public static string Of(Finding finding) => finding.Reason switch
    {
        SendReason.InvalidNumber => "This is not a valid phone number.",
        SendReason.LineType => "This kind of line does not take texts, or nobody has checked that it does.",
        SendReason.FakeRange => "The number is in a range set aside for fiction and tests.",
        SendReason.Suppressed => "The person has stopped these texts.",
        _ => finding.Rule.Sentence,
    };
}
