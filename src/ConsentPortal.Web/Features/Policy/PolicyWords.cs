using ConsentPortal.Application.Policy;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;
using MudBlazor;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>A version of the policy and the rules of the book in words for staff.</summary>
internal static class PolicyWords
{
    private const int NamesShown = 3;

    public static IEnumerable<(string Name, string Words)> Settings(PolicyVersion policy)
    {
        yield return ("Hours and caps", Of(policy.Preset));
        yield return ("Before a window ends", policy.DispatchGuard == TimeSpan.Zero ? "Texts leave until the window ends." : $"Sending stops {policy.DispatchGuard.TotalMinutes:0} minutes earlier, because the law counts when a text is received.");
        yield return ("What a stop ends", Of(policy.OptOutScope) + ".");
        yield return ("Question after a stop", StopQuestion(policy));
        yield return ("Double opt-in", $"A prompt may be answered within {Span(policy.DoubleOptInLifetime)}; a later YES is asked anew.");
        yield return ("Answers to HELP", policy.HelpInterval == TimeSpan.Zero ? "Each one, at any hour." : $"At most one in {Span(policy.HelpInterval)}, at any hour.");
        yield return ("Established in", policy.Establishment is { } country ? $"{PersonWords.Country(country)}: its data protection law follows wherever the recipient is." : "No country is named, so only the law of the recipient's place applies.");
        yield return ("Caps of the house", policy.Caps.Count == 0 ? "None beyond the legal and promised ones." : string.Join(" ", policy.Caps.Select(cap => $"At most {Figures.Counted(cap.Count, "text")} in {Span(cap.Period)}.")));
        if (policy.CapsIgnoreSubject)
            yield return ("Caps per subject", "Every text counts, whatever it is about.");
        yield return ("Longest text", $"More than {Figures.Counted(policy.MaxParts, "part")} wait for a person.");
        yield return ("Revocation by designated means", policy.Fcc2667EffectiveOn is { } fcc ? $"From {Figures.Date(fcc)} (FCC 26-67)." : "FCC 26-67 is not in force here: any reasonable means counts.");
        yield return ("A stop to one text ends all", $"From {Figures.Date(policy.RevokeAllEffectiveOn)} by law; waived until then.");
        yield return ("Reassigned numbers", $"Asked again after {Figures.Counted(policy.ReassignedRecheckDays, "day")}.");
        foreach (var (place, choice) in policy.Countries.OrderBy(c => c.Key, StringComparer.Ordinal))
            yield return (PersonWords.Country(place), Of(choice));
    }

    public static string Title(RuleChapter chapter) => chapter.Names.Count <= NamesShown
        ? string.Join(", ", chapter.Names)
        : $"{string.Join(", ", chapter.Names.Take(NamesShown - 1))} and {chapter.Names.Count - NamesShown + 1} more";

    public static string Codes(RuleChapter chapter) => chapter.Codes.Count <= 12 ? string.Join(" ", chapter.Codes) : $"{string.Join(" ", chapter.Codes.Take(12))} …";

    public static (Meaning Meaning, string Icon, string Word, string Detail) Of(PolicyRule rule) => rule switch
    {
        { IsPreset: true } => (Meaning.Neutral, Icons.Material.Outlined.Tune, "Good practice", "A choice of the portal or its preset rather than law or contract."),
        { Standing: RuleStanding.Verified } => (Meaning.Granted, Icons.Material.Outlined.Verified, "Verified", "The statute, agency paper or contract was read."),
        _ => (Meaning.Pending, Icons.Material.Outlined.Balance, "Check with counsel", "Sources conflict, are second-hand, or apply a voice-era text by caution: ask a lawyer before relaxing it."),
    };

    public static string Dates(PolicyRule rule) => (rule.From, rule.To) switch
    {
        (null, null) => "",
        ({ } from, null) => $" · from {Figures.Date(from)}",
        (null, { } to) => $" · until {Figures.Date(to.AddDays(-1))}",
        ({ } from, { } to) => $" · {Figures.Date(from)} to {Figures.Date(to.AddDays(-1))}",
    };

    private static string StopQuestion(PolicyVersion policy) => policy switch
    {
        { AsksWhatToKeep: false } => "None: the confirmation only confirms.",
        { OptOutScope: not OptOutScope.ByMessageClass } => "None, because it could bring back nothing that a stop ends.",
        _ => $"After a stop to marketing everything is stopped, and the confirmation asks which other texts to keep. An answer within {Span(policy.KeepAnswerLifetime)} brings back what it names.",
    };

    public static (Meaning Meaning, string Word) Of(PolicyStatus status) => status switch
    {
        PolicyStatus.Draft => (Meaning.Neutral, "Draft"),
        PolicyStatus.Asked => (Meaning.Pending, "Waits for a second person"),
        PolicyStatus.Scheduled => (Meaning.Deferred, "Scheduled"),
        PolicyStatus.Active => (Meaning.Granted, "Active"),
        PolicyStatus.Past => (Meaning.Withdrawn, "Past"),
        PolicyStatus.Abandoned => (Meaning.Withdrawn, "Abandoned"),
    };

    /// <summary>What differs between two versions, setting by setting.</summary>
    public static IReadOnlyList<FieldChange> Differences(PolicyVersion old, PolicyVersion @new)
    {
        // Of the presets the names are compared: a difference of their sentences says nothing.
        var (before, after) = (Short(old), Short(@new));
        return
        [
            .. before.Select(b => b.Name).Union(after.Select(a => a.Name))
                .Select(name => new FieldChange(name, Value(before, name), Value(after, name))).Where(change => change.Before != change.After),
        ];

        static List<(string Name, string Words)> Short(PolicyVersion policy) => [.. Settings(policy).Select((s, i) => i == 0 ? (s.Name, Name(policy.Preset)) : s)];

        static string? Value(List<(string Name, string Words)> settings, string name) => settings.Where(s => s.Name == name).Select(s => s.Words).FirstOrDefault();
    }

    /// <summary>What a simulation found, in one or two sentences.</summary>
    public static string Sentence(PolicySimulation found)
    {
        if (found.Judged == 0)
            return "The policy decided on no text in these days, so there is nothing that the draft could have changed.";
        var would = new[]
        {
            Part(found.Would(DecisionKind.Defer), "deferred"), Part(found.Would(DecisionKind.Hold), "held for a person"), Part(found.Would(DecisionKind.Block), "blocked"),
        }.OfType<string>().ToList();
        var sentences = new List<string>();
        if (would.Count > 0)
            sentences.Add($"It would have {Joined(would)} that went.");
        if (found.WouldAllow > 0)
            sentences.Add($"It would have allowed {Figures.Counted(found.WouldAllow, "text")} that {(found.WouldAllow == 1 ? "was" : "were")} held back.");
        if (found.OtherwiseHeld > 0)
            sentences.Add($"{Figures.Counted(found.OtherwiseHeld, "text")} would have been held back in another way.");
        return sentences.Count == 0 ? "It would have changed nothing for these texts." : string.Join(" ", sentences);

        static string? Part(int count, string verb) => count == 0 ? null : $"{verb} {Figures.Count(count)}";
    }

    /// <param name="by">Who began it.</param>
    public static string Of(SimulationRunState state, string? by) => state switch
    {
        SimulationRunState.Running => $"A simulation by {by} is at work in another process of the portal; load the page again to see its result.",
        SimulationRunState.Stopped => $"The simulation by {by} was stopped, and nothing of it was kept.",
        SimulationRunState.Failed => $"The simulation by {by} ended because of an error, which is in the log; nothing of it was kept.",
        SimulationRunState.Interrupted => $"The simulation by {by} ended with the portal before it had a result; simulate again.",
    };

    public static string Of(LostDecision cause) => cause switch
    {
        LostDecision.Erased => "The person was erased since",
        LostDecision.NumberChanged => "The text went to an earlier number of the person",
        LostDecision.WordsGone => "The words of the text are not kept",
        LostDecision.OtherAnswer => "The facts that can still be read give another answer",
        LostDecision.StoppedMeanwhile => "The text was stopped while it waited",
    };

    public static string Explained(LostDecision cause) => cause switch
    {
        LostDecision.Erased => "The key of an erased person is destroyed: number and words can't be read by anybody.",
        LostDecision.NumberChanged => "Of an earlier number only a keyed hash is kept, which tells neither its country nor its clock.",
        LostDecision.WordsGone => "Some rules look at the words of a text, and these can't be read or merged again.",
        LostDecision.OtherAnswer => "Something that keeps no history, such as an address or the sender of a purpose, was changed since the decision.",
        LostDecision.StoppedMeanwhile => "The person stopped, the campaign ended or its time ran out; the row keeps that moment instead of the policy's.",
    };

    private static string Joined(List<string> parts)
    {
        var all = parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
        return parts is [var only] && only.EndsWith(" 1", StringComparison.Ordinal) ? $"{all} text" : $"{all} texts";
    }

    public static string Name(PolicyPreset preset) => preset switch
    {
        PolicyPreset.Statute => "By statute",
        PolicyPreset.SafeUs => "Safe US",
        PolicyPreset.Strictest => "Strictest",
    };

    public static string Of(PolicyPreset preset) => preset switch
    {
        PolicyPreset.Statute => "By statute: the federal rule and the rows of the states that apply.",
        PolicyPreset.SafeUs => "Safe US: the state rows, and within them 09:00–20:00 (Sunday from 12:00), no federal holidays, three texts in 24 hours.",
        PolicyPreset.Strictest => "Strictest everywhere: weekdays 10:00–18:00, Saturday until 17:00, no Sundays or holidays.",
    };

    public static string Of(OptOutScope scope) => scope switch
    {
        OptOutScope.Everything => "Everything but emergencies",
        OptOutScope.ByMessageClass => "Marketing when it answers marketing, else everything",
        OptOutScope.BySender => "That sender's texts when it answers marketing, else everything",
        OptOutScope.ByPurpose => "That purpose when it answers marketing, else everything",
    };

    private static string Of(CountryOverride choice)
    {
        string?[] parts =
        [
            choice.IsAllowed ? null : "No texts at all.", choice.From is { } from ? $"Not before {from:HH:mm}." : null, choice.To is { } to ? $"Not after {to:HH:mm}." : null,
            choice.NoSundays ? "Not on Sundays." : null, choice.ReplacesPreset ? "Good practice is left out; the law stays." : null,
        ];
        return string.Join(" ", parts.Where(part => part is not null));
    }

    /// <summary>Exactly: two spans that differ read differently.</summary>
    private static string Span(TimeSpan period) => period switch
    {
        { TotalDays: >= 2 } when period.Ticks % TimeSpan.TicksPerDay == 0 => Figures.Counted((long)period.TotalDays, "day"),
        _ when period.Ticks % TimeSpan.TicksPerHour == 0 => Figures.Counted((long)period.TotalHours, "hour"),
        _ => Figures.Counted((long)period.TotalMinutes, "minute"),
    };
}
