using System.Text.RegularExpressions;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Consent.Linting;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>Everything that a person reads, in one language.</summary>
/// <param name="Language">ISO 639-1, lower case.</param>
/// <param name="ShownAt">Where it is shown: the address of the form, or the poster.</param>
public sealed record WordingDraft(
    PurposeId PurposeId,
    string Language,
    string Text,
    string DoubleOptInPrompt,
    string Confirmation,
    string HelpReply,
    string StopReply,
    string PromisedFrequency,
    string PrivacyPolicyVersion,
    string? ShownAt)
{
    /// <summary>What the linter reads.</summary>
    public WordingTexts Texts => new(Language, Text, DoubleOptInPrompt, Confirmation, HelpReply, StopReply);
}

/// <summary>
/// Writes a new version of a wording. A version is never changed: what a person saw stays as they saw it. The version
/// before is retired at the same instant.
/// </summary>
public sealed partial class SaveWording(PortalDatabase database, TimeProvider clock)
{
    private const int LongestText = 4000;

    public async Task<Result<WordingId>> ExecuteAsync(Actor actor, WordingDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        if (Check(draft) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<WordingId>>(
            async db =>
            {
                var purpose = await db.Purposes.FindAsync([draft.PurposeId], cancellationToken);
                if (purpose is null)
                    return new PurposeNotFound();
                return Forbidden(purpose, draft) is { } forbidden ? forbidden : await AddAsync(db, actor, draft, now, cancellationToken);
            },
            cancellationToken);
    }

    private static FieldRefused? Check(WordingDraft draft)
    {
        if (!Language().IsMatch(draft.Language))
            return new FieldRefused(nameof(draft.Language), "Enter the language as two small letters, such as en or es.");
        (string Field, string Value, string Sentence)[] needed =
        [
            (nameof(draft.Text), draft.Text, "Write the words that stand beside the box or on the form."),
            (nameof(draft.DoubleOptInPrompt), draft.DoubleOptInPrompt, "Write the text that asks the person to reply YES."),
            (nameof(draft.Confirmation), draft.Confirmation, "Write the text that confirms the consent."),
            (nameof(draft.HelpReply), draft.HelpReply, "Write the answer to HELP."),
            (nameof(draft.StopReply), draft.StopReply, "Write the one text after a STOP."),
            (nameof(draft.PromisedFrequency), draft.PromisedFrequency, "Say how often, as the person reads it: \"up to 4 texts a month\"."),
            (nameof(draft.PrivacyPolicyVersion), draft.PrivacyPolicyVersion, "Name the version of the privacy policy that the wording links to."),
        ];
        foreach (var (field, value, sentence) in needed)
        {
            if (string.IsNullOrWhiteSpace(value))
                return new FieldRefused(field, sentence);
            if (value.Length > LongestText)
                return new FieldRefused(field, $"This is longer than {LongestText} characters, which nobody reads. Shorten it.");
        }

        return null;
    }

    /// <summary>Consent under words that the law calls none is never asked for.</summary>
    private static FieldRefused? Forbidden(Purpose purpose, WordingDraft draft) =>
        WordingLinter.Check(purpose, draft.Texts).FirstOrDefault(f => f.Forbids) is { } finding ? new FieldRefused(finding.Part.ToString(), $"{finding.Sentence} ({finding.Rule})") : null;

    private static async Task<Result<WordingId>> AddAsync(PortalDbContext db, Actor actor, WordingDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var earlier = await db.Wordings.Where(w => w.PurposeId == draft.PurposeId && w.Language == draft.Language).OrderByDescending(w => w.Version).ToListAsync(cancellationToken);
        var wording = New(draft, earlier.Count == 0 ? 1 : earlier[0].Version + 1, now);
        if (earlier.Find(w => w.RetiredAt is null) is { } current && current.Hash == wording.Hash && current.ShownAt == wording.ShownAt)
            return new FieldRefused(nameof(draft.Text), "Nothing differs from the version in use, so no new version was written.");
        foreach (var old in earlier.Where(w => w.RetiredAt is null))
            old.RetiredAt = now;
        db.Wordings.Add(wording);
        db.Audit(actor, now, new AuditFact("wording.added", "wording", wording.Id.ToString(),
            Before: earlier.Count == 0 ? null : Facts(earlier[0]), After: Facts(wording)));
        return wording.Id;
    }

    private static Wording New(WordingDraft draft, int version, DateTimeOffset now) => new()
    {
        Id = WordingId.New(now), PurposeId = draft.PurposeId, Language = draft.Language, Version = version, Text = draft.Text.Trim(),
        DoubleOptInPrompt = draft.DoubleOptInPrompt.Trim(), Confirmation = draft.Confirmation.Trim(), HelpReply = draft.HelpReply.Trim(),
        StopReply = draft.StopReply.Trim(), PromisedFrequency = draft.PromisedFrequency.Trim(), PrivacyPolicyVersion = draft.PrivacyPolicyVersion.Trim(),
        ShownAt = string.IsNullOrWhiteSpace(draft.ShownAt) ? null : draft.ShownAt.Trim(), ActiveFrom = now,
        Hash = Wording.HashOf(draft.Text.Trim(), draft.DoubleOptInPrompt.Trim(), draft.Confirmation.Trim(), draft.HelpReply.Trim(), draft.StopReply.Trim(),
            draft.PromisedFrequency.Trim(), draft.PrivacyPolicyVersion.Trim()),
    };

    private static Dictionary<string, object?> Facts(Wording wording) => new()
    {
        ["purpose"] = wording.PurposeId.ToString(), ["language"] = wording.Language, ["version"] = wording.Version, ["hash"] = wording.Hash,
    };

    [GeneratedRegex("^[a-z]{2}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();
}
