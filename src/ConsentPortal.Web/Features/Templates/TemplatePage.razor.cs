using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Templates;

/// <summary>One stored text: its words in every language, what the rules say of them, and the second person's word.</summary>
public sealed partial class TemplatePage(
    TextTemplateList templates, TemplateLint lint, SaveTextTemplate save, ProposeTextTemplate propose, DecideTextTemplate decide, RetireTextTemplate retire, NavigationManager navigation)
{
    private readonly List<TextRow> _texts = [];
    private readonly List<ValueRow> _values = [];
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);
    private TemplateDetails? _details;
    private TemplateGround? _ground;
    private IReadOnlyList<PurposeName> _purposes = [];
    private IReadOnlyList<TemplateFinding> _findings = [];
    private string _name = "";
    private PurposeId? _purpose;
    private string _saved = "";
    private string _reason = "";
    private bool _isReady;
    private bool _isReturning;
    private bool _isRetiring;
    private Failure? _problem;
    private Failure? _missing;

    [Parameter]
    public Guid? Id { get; set; }

    private TemplateVersionRow? Newest => _details?.Versions[0];

    private bool MayEdit => Actor.May(Permissions.EditCampaigns) && _details?.RetiredAt is null;

    private bool MayPropose => MayEdit && Newest is { State: TemplateState.Draft } && !IsChanged;

    private TemplateContent Content => new([.. _texts.Select(text => new TemplateText(text.Language, text.Body))], [.. _values.Select(value => new TemplateValue(value.Name, value.Example))]);

    private bool IsChanged => Written() != _saved;

    private string Lead => Newest is null ? "Words that programs have sent by a name. A second person sees them before they are used." : Newest.State switch
    {
        TemplateState.Proposed => "Waits for somebody who wrote none of it. An edit takes it back.",
        TemplateState.Approved => "Programs get this version. An edit begins the next one; until that is approved, this one serves.",
        TemplateState.Draft => _details?.InUse is { } inUse ? $"A draft. Programs get version {inUse.Number} until it is approved." : "A draft. Programs can't name it before it is approved.",
    };

    /// <summary>Of the newest version against the one in use; null where there is only one of them.</summary>
    private IReadOnlyList<FieldChange>? Changes
    {
        get
        {
            if (Newest is not { State: not TemplateState.Approved } newest || _details?.InUse is not { } inUse)
                return null;
            var before = inUse.Content.Texts.ToDictionary(text => text.Language, text => text.Body, StringComparer.Ordinal);
            var after = newest.Content.Texts.ToDictionary(text => text.Language, text => text.Body, StringComparer.Ordinal);
            return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Where(language => before.GetValueOrDefault(language) != after.GetValueOrDefault(language))
                .Select(language => new FieldChange(language, before.GetValueOrDefault(language), after.GetValueOrDefault(language)))];
        }
    }

    protected override async Task OpenAsync()
    {
        if (Id is not null)
        {
            await LoadAsync();
        }
        else if (!Actor.May(Permissions.EditCampaigns))
        {
            _missing = new TemplateNotFound();
        }
        else
        {
            _purposes = await templates.PurposesAsync(Actor, Closing);
            _texts.Add(new TextRow("en", ""));
            if (_purposes is [var only])
                await ChoosePurposeAsync(only.Id);
            _saved = Written();
        }

        _isReady = true;
    }

    private async Task LoadAsync()
    {
        if (!(await templates.GetAsync(Actor, Id!.Value, Closing)).TryGet(out _details, out _missing))
            return;
        var content = Newest!.Content;
        _texts.Clear();
        _texts.AddRange(content.Texts.Select(text => new TextRow(text.Language, text.Body)));
        _values.Clear();
        _values.AddRange(content.Values.Select(value => new ValueRow(value.Name, value.Example)));
        _saved = Written();
        await ChoosePurposeAsync(_details.PurposeId);
    }

    private async Task ChoosePurposeAsync(PurposeId? purpose)
    {
        _purpose = purpose;
        _ground = purpose is { } id && (await lint.GroundAsync(Actor, id, Closing)).TryGet(out var ground, out _) ? ground : null;
        Look();
    }

    private void Look() => _findings = _ground is { } ground ? TemplateLint.Check(ground, Content) : [];

    private string Written() => string.Join('\u001f', _texts.Select(text => $"{text.Language}\u001e{text.Body}").Append("").Concat(_values.Select(value => $"{value.Name}\u001e{value.Example}")));

    private string? PreviewOf(TextRow text) => _ground is { } ground ? TemplateLint.Preview(ground, Content, new TemplateText(text.Language, text.Body))?.Text : null;

    private IReadOnlyList<LintFinding> FindingsOf(TextRow text) => [.. _findings.Where(f => f.Language == text.Language).Select(f => f.Finding)];

    private string[] ConfirmedOf(TextRow text)
    {
        var kept = MayPropose ? [.. _confirmed] : Newest?.Confirmed?.Split(", ") ?? [];
        return [.. kept.Where(key => key.StartsWith($"{text.Language} ", StringComparison.Ordinal)).Select(key => key[(text.Language.Length + 1)..])];
    }

    private EventCallback<(string Rule, bool IsConfirmed)> Confirm(TextRow text) => !MayPropose ? default : EventCallback.Factory.Create<(string Rule, bool IsConfirmed)>(this, tick =>
    {
        var key = TemplateFinding.KeyOf(text.Language, tick.Rule);
        _ = tick.IsConfirmed ? _confirmed.Add(key) : _confirmed.Remove(key);
    });

    private string FieldsHint => "Takes up firstName, lastName, brand, stopLine, preferencesLink"
        + (_ground is { Attributes: { Count: > 0 } attributes } ? $", the values above, and custom attributes with a fallback: {string.Join(", ", attributes.Select(a => a.Name))}." : " and the values above.")
        + " A fallback makes a value optional.";

    private string PurposeName(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private void AddValue() => _values.Add(new ValueRow("", ""));

    private void RemoveValue(ValueRow value)
    {
        _values.Remove(value);
        Look();
    }

    private void AddText() => _texts.Add(new TextRow("", ""));

    private void RemoveText(TextRow text)
    {
        _texts.Remove(text);
        Look();
    }

    private void CloseDrawer() => (_isReturning, _isRetiring, _reason, _problem) = (false, false, "", null);

    private Task SaveAsync() => RunAsync(async () =>
    {
        if (!(await save.ExecuteAsync(Actor, Id, new TemplateDraft(_name, _purpose, Content, Newest?.Hash), Closing)).TryGet(out var id, out _problem))
            return;
        Say("The draft was saved.", Severity.Success);
        if (Id is null)
            navigation.NavigateTo(Paths.Template(id));
        Id = id;
        _confirmed.Clear();
        await LoadAsync();
    });

    private Task ProposeAsync() => RunAsync(async () =>
    {
        if (!(await propose.ExecuteAsync(Actor, Id!.Value, _confirmed, Closing)).TryGet(out _, out _problem))
            return;
        Say("Somebody who wrote none of it can approve it now.", Severity.Success);
        await LoadAsync();
    });

    private Task ApproveAsync() => RunAsync(async () =>
    {
        if (!(await decide.ExecuteAsync(Actor, Id!.Value, Newest!.Hash, null, Closing)).TryGet(out _, out _problem))
            return;
        Say("Approved. Programs get this version from now on.", Severity.Success);
        await LoadAsync();
    });

    private Task ReturnAsync() => RunAsync(async () =>
    {
        if (!(await decide.ExecuteAsync(Actor, Id!.Value, Newest!.Hash, _reason, Closing)).TryGet(out _, out _problem))
            return;
        Say("It was sent back to its writers.", Severity.Success);
        CloseDrawer();
        await LoadAsync();
    });

    private Task RetireAsync() => RunAsync(async () =>
    {
        if (!(await retire.ExecuteAsync(Actor, Id!.Value, _reason, Closing)).TryGet(out _, out _problem))
            return;
        Say("The template was retired.", Severity.Success);
        CloseDrawer();
        await LoadAsync();
    });

    private sealed class TextRow(string language, string body)
    {
        public string Language { get; set; } = language;

        public string Body { get; set; } = body;
    }

    private sealed class ValueRow(string name, string example)
    {
        public string Name { get; set; } = name;

        public string Example { get; set; } = example;
    }
}
