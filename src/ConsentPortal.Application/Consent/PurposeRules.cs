using System.Collections.Frozen;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Keywords;
using PhoneNumbers;

namespace ConsentPortal.Application.Consent;

/// <summary>What a purpose may look like, and what of it may still change once people have agreed.</summary>
public static class PurposeRules
{
    public const int MostPerMonth = 100;

    public const int LongestRetention = 120;

    /// <summary>More than this is everywhere.</summary>
    public const int MostCountries = 100;

    /// <summary>ISO 3166 codes of the countries that have numbers.</summary>
    public static IReadOnlySet<string> KnownCountries { get; } = PhoneNumberUtil.GetInstance().GetSupportedRegions().ToFrozenSet(StringComparer.Ordinal);

    // Words by which people take back their own stop, and refusals: no list says so, because alone they change nothing.
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "START", "UNSTOP", "DEBUT", "REPRENDRE", "INICIAR", "VOLTAR", "INIZIA", "NO", "N", "NON", "NEIN", "NAO", "NEE", "NIE", "NEJ", "NEI",
    };

    public static FieldRefused? Check(PurposeEdit edit)
    {
        if (edit.Name.Trim() is not { Length: >= 3 and <= 100 })
            return new FieldRefused(nameof(edit.Name), "Give the purpose a name of 3 to 100 characters, in the words of those who agree to it.");
        if (edit.Brand.Trim() is not { Length: >= 2 and <= 100 })
            return new FieldRefused(nameof(edit.Brand), "Name the seller or organisation as the wordings name it.");
        if (CheckSender(edit) is { } sender)
            return sender;
        if (edit.PromisedPerMonth is < 1 or > MostPerMonth)
            return new FieldRefused(nameof(edit.PromisedPerMonth), $"Promise 1 to {MostPerMonth} texts a month, or leave it empty to promise no number.");
        return CheckReach(edit) ?? CheckKeyword(edit);
    }

    /// <summary>How a list of countries is kept: upper case, each once, by the alphabet; null for everywhere.</summary>
    public static string? Stored(IReadOnlyList<string>? countries) =>
        countries is null or [] ? null : string.Join(',', countries.Select(c => c.Trim().ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static FieldRefused? CheckReach(PurposeEdit edit)
    {
        if (edit.Countries is { } countries && countries.FirstOrDefault(c => !KnownCountries.Contains(c.Trim().ToUpperInvariant())) is { } unknown)
            return new FieldRefused(nameof(edit.Countries), $"\"{unknown}\" is no country code. Choose the country from the list.");
        if (edit.Countries is { Count: > MostCountries })
            return new FieldRefused(nameof(edit.Countries), $"These are more than {MostCountries} countries. Choose none, which opens the purpose to all.");
        return edit.RetentionMonths is < 1 or > LongestRetention
            ? new FieldRefused(nameof(edit.RetentionMonths), $"Keep proof for 1 to {LongestRetention} months, or leave it empty for the policy's own period.")
            : null;
    }

    /// <param name="isInUse">Somebody has agreed under one of the purpose's wordings.</param>
    public static FieldRefused? CheckChange(Purpose purpose, PurposeEdit edit, bool isInUse)
    {
        if (edit.MessageClass != purpose.MessageClass)
            return new FieldRefused(nameof(edit.MessageClass), "The kind of text can't change: people agreed to this one. Add another purpose instead.");
        if (!isInUse)
            return null;
        if (!string.Equals(edit.Brand.Trim(), purpose.Brand, StringComparison.Ordinal))
            return new FieldRefused(nameof(edit.Brand), $"People agreed to texts from {purpose.Brand}, and that consent covers no other seller. Add another purpose instead.");
        if (purpose.PromisedPerMonth is { } promised && (edit.PromisedPerMonth is null || edit.PromisedPerMonth > promised))
            return new FieldRefused(nameof(edit.PromisedPerMonth), $"People were promised at most {promised} texts a month. You can promise fewer; for more, add another purpose.");
        return null;
    }

    /// <summary>
    /// A word to join by may mean nothing else to the portal, to carriers or by law, in any language and with one letter
    /// wrong: joining by it would be a trap.
    /// </summary>
    /// <param name="field">The field of the form that holds the word.</param>
    public static FieldRefused? CheckWord(string word, string field)
    {
        if (word.Length is < 2 or > 20 || !word.All(char.IsLetterOrDigit))
            return new FieldRefused(field, "The word to join by is one word of 2 to 20 letters and digits.");
        return Taken.Contains(word) || OptOutMatcher.Match(word).Action is TextAction.OptOut or TextAction.Help or TextAction.Confirm or TextAction.Review
            ? new FieldRefused(field, "This word already means stop, start, help or yes, in this or another language. Choose another word.")
            : null;
    }

    // A sender is a number in E.164, a short code, or a name of at most 11 letters and digits.
    private static FieldRefused? CheckSender(PurposeEdit edit)
    {
        var sender = edit.Sender.Trim();
        var digits = sender.TrimStart('+');
        var isNumber = digits.Length is >= 3 and <= 15 && digits.All(char.IsAsciiDigit);
        var isName = sender.Length is >= 3 and <= 11 && sender.Any(char.IsAsciiLetter) && sender.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ');
        if (!isNumber && !isName)
            return new FieldRefused(nameof(edit.Sender), "Enter a number with its country code, a short code, or a name of 3 to 11 letters and digits.");
        return isName && edit.SenderCanReceive
            ? new FieldRefused(nameof(edit.SenderCanReceive), "Nobody can reply to a name. Use a number, or say that replies are not received.")
            : null;
    }

    private static FieldRefused? CheckKeyword(PurposeEdit edit)
    {
        if (string.IsNullOrWhiteSpace(edit.JoinKeyword))
            return null;
        if (CheckWord(edit.JoinKeyword.Trim(), nameof(edit.JoinKeyword)) is { } refused)
            return refused;
        return edit.SenderCanReceive ? null : new FieldRefused(nameof(edit.JoinKeyword), "This sender receives no replies, so nobody can join by text. Leave the word empty.");
    }
}
