namespace ConsentPortal.Domain.Retention;

/// <summary>How many months each class of records is kept; what nobody has chosen is as usual.</summary>
public sealed record RetentionSchedule(IReadOnlyDictionary<RecordClass, int> Chosen)
{
    public static RetentionSchedule Usual { get; } = new(new Dictionary<RecordClass, int>());

    /// <summary>A choice of an earlier release that the rule no longer allows counts as the nearest that it does.</summary>
    public int MonthsOf(RecordClass records)
    {
        var rule = RetentionRule.Of(records);
        return Chosen.TryGetValue(records, out var months) ? Math.Clamp(months, rule.Least, rule.Most) : rule.Usual;
    }

    public Result<RetentionSchedule> With(RecordClass records, int months)
    {
        var rule = RetentionRule.Of(records);
        if (rule.IsFixed)
            return new RetentionRefused($"For how long \"{rule.Name}\" are kept can't be chosen: {rule.Ground}. Nothing was changed.");
        if (months < rule.Least || months > rule.Most)
            return new RetentionRefused($"\"{rule.Name}\" are kept for {rule.Least} to {rule.Most} months: {rule.Ground}. Nothing was changed.");
        return new RetentionSchedule(new Dictionary<RecordClass, int>(Chosen) { [records] = months });
    }

    /// <summary>Records from before this instant go.</summary>
    public DateTimeOffset CutOff(RecordClass records, DateTimeOffset now) =>
        records == RecordClass.ApiAnswers ? now.AddHours(-24) : now.AddMonths(-MonthsOf(records));
}

public sealed record RetentionRefused(string Message) : Failure(Message);
