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
        yield return ("What a stop ends", policy.OptOutScope is OptOutScope.Everything ? "Everything but emergencies." : "Marketing when it answers marketing, everything when it answers anything else.");
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
        { OptOutScope: OptOutScope.Everything } => "None, because a stop ends everything.",
        _ => $"After a stop to marketing everything is stopped, and the confirmation asks which other texts to keep. An answer within {Span(policy.KeepAnswerLifetime)} brings back what it names.",
    };

    private static string Of(PolicyPreset preset) => preset switch
    {
        PolicyPreset.Statute => "By statute: the federal rule and the rows of the states that apply.",
        PolicyPreset.SafeUs => "Safe US: the state rows, and within them 09:00–20:00 (Sunday from 12:00), no federal holidays, three texts in 24 hours.",
        PolicyPreset.Strictest => "Strictest everywhere: weekdays 10:00–18:00, Saturday until 17:00, no Sundays or holidays.",
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

    private static string Span(TimeSpan period) => period.TotalHours < 48 ? Figures.Counted((long)period.TotalHours, "hour") : Figures.Counted((long)period.TotalDays, "day");
}
