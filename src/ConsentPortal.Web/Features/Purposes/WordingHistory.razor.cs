using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>The versions of a wording in one language: what people read, and what changed from one to the next.</summary>
public sealed partial class WordingHistory
{
    private WordingDetails? _chosen;
    private bool _compares;

    [Parameter, EditorRequired]
    public required string Language { get; set; }

    /// <summary>Newest first; at least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<WordingDetails> Versions { get; set; }

    [Parameter, EditorRequired]
    public required PurposeId PurposeId { get; set; }

    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>A picture was added.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private WordingDetails Shown => Versions.FirstOrDefault(v => v.Wording.Id == _chosen?.Wording.Id) ?? Versions[0];

    private WordingDetails? Before => Versions.FirstOrDefault(v => v.Wording.Version == Shown.Wording.Version - 1);

    private string LanguageName => CultureInfo.GetCultureInfo(Language) is { EnglishName: var name } && !name.StartsWith("Unknown", StringComparison.Ordinal) ? name : Language;

    private void Show(WordingDetails version)
    {
        _chosen = version;
        _compares &= Before is not null;
    }

    /// <summary>What is sent as a text, by the occasion.</summary>
    private static (string Name, string Text)[] Texts(Wording wording) =>
    [
        ("Asks to confirm", wording.DoubleOptInPrompt), ("Welcome", wording.Confirmation), ("Answer to HELP", wording.HelpReply), ("Answer to STOP", wording.StopReply),
    ];

    private static IReadOnlyList<FieldChange> Changes(Wording before, Wording after)
    {
        (string Field, string? Before, string? After)[] all =
        [
            ("Words", before.Text, after.Text), ("Asks to confirm", before.DoubleOptInPrompt, after.DoubleOptInPrompt), ("Welcome", before.Confirmation, after.Confirmation),
            ("Answer to HELP", before.HelpReply, after.HelpReply), ("Answer to STOP", before.StopReply, after.StopReply), ("Promised", before.PromisedFrequency, after.PromisedFrequency),
            ("Privacy policy", before.PrivacyPolicyVersion, after.PrivacyPolicyVersion), ("Shown at", before.ShownAt, after.ShownAt),
        ];
        return [.. all.Where(field => field.Before != field.After).Select(field => new FieldChange(field.Field, field.Before, field.After))];
    }
}
