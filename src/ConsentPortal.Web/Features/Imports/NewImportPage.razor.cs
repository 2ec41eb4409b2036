using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>Brings a list in step by step: file, columns, consent, proposal. Any change of a step takes back the proposal.</summary>
public sealed partial class NewImportPage(
    ImportUploads uploads, ImportSubscribers import, ImportPresets presets, SubmitImport submit, ImportTermsReader terms, ImportRuns runs)
{
    private const int MostIssues = 500;
    private const int SampleRows = 4;

    private string _fileName = "";
    private string? _path;
    private double? _upload;
    private ImportFile? _file;
    private IReadOnlyList<IReadOnlyList<string>> _samples = [];
    private IReadOnlyDictionary<string, string> _columns = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlyList<PurposeChoice> _choices = [];
    private PurposeChoice? _purpose;
    private WordingChoice? _wording;
    private bool _asks;
    private string _region = "";
    private ImportProgress? _judging;
    private ImportSummary? _proposal;
    private List<ImportIssueLine> _issues = [];
    private IReadOnlyList<PresetChoice> _presets = [];
    private string? _presetNote;
    private int _longestRun;
    private Failure? _failure;

    private bool NeedsSecond => submit.IsNeeded(_file?.Rows ?? 0);

    protected override async Task OpenAsync() => _choices = await terms.ChoicesAsync(Actor, Closing);

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private Task UploadAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        Forget();
        (_failure, _proposal, _fileName, _upload) = (null, null, chosen.File.Name, 0);
        try
        {
            if (!(await uploads.TakeAsync(chosen.File, share => Show(() => _upload = share), Closing)).TryGet(out var path, out _failure))
                return;
            _path = path;
            if (!(await import.OpenAsync(Actor, path, _fileName, Closing)).TryGet(out _file, out _failure))
                return;
            _samples = await _file.FirstRowsAsync(SampleRows, Closing);
            (_columns, _presetNote) = (ColumnSuggestion.For(_file.Headers), null);
            _presets = await presets.ForAsync(Actor, _file.Headers, Closing);
            if (_presets is [{ Fits: true } fitting, ..])
                UsePreset(fitting);
        }
        catch (IOException)
        {
            _failure = new UploadBroke();
        }
        finally
        {
            _upload = null;
            if (_file is null)
                Forget();
        }
    });

    private Task ProposeAsync() => RunAsync(async () =>
    {
        var issues = new List<ImportIssueLine>();
        (_failure, _judging) = (null, new ImportProgress(0, _file!.Rows));
        var watch = new ImportWatch(Keep, progress => Show(() => _judging = progress), LongestRun: run => _longestRun = run);
        try
        {
            if (!Request().TryGet(out var request, out _failure))
                return;
            // Judging is arithmetic for seconds; the page has to stay alive meanwhile.
            var (actor, closing) = (Actor, Closing);
            if ((await Task.Run(() => import.ProposeAsync(actor, request, watch, closing), closing)).TryGet(out _proposal, out _failure))
                _issues = issues;
        }
        finally
        {
            _judging = null;
        }

        void Keep(RowOutcome outcome)
        {
            if (issues.Count < MostIssues && outcome.Remark is { } remark)
                issues.Add(new ImportIssueLine(outcome.Row, ImportClasses.Of(outcome.Class).Name, remark, outcome.FirstRow));
        }
    });

    private Task StartAsync() => RunAsync(async () =>
    {
        if (!Request().TryGet(out var request, out _failure))
            return;
        // From here on the run, or the second person, owns the file.
        _path = null;
        if (NeedsSecond)
        {
            if ((await submit.ExecuteAsync(Actor, request, _proposal!, Closing)).TryGet(out var waiting, out _failure))
                LeaveFor(Paths.Import(waiting));
            return;
        }

        if ((await runs.StartAsync(Actor, request)).TryGet(out var id, out _failure))
            LeaveFor(Paths.Import(id));
        else
            (_file, _proposal) = (null, null);
    });

    private void UsePreset(PresetChoice preset)
    {
        var present = preset.Map.Columns.Where(c => _file!.Headers.Any(h => string.Equals(h.Trim(), c.Value, StringComparison.OrdinalIgnoreCase))).ToDictionary(StringComparer.Ordinal);
        Remap(present);
        _region = preset.DefaultRegion ?? _region;
        _presetNote = present.Count == preset.Map.Columns.Count
            ? $"The columns are read as in \"{preset.Name}\"."
            : $"\"{preset.Name}\" names columns that this file does not have; the others are read as in it.";
    }

    private Task SavePresetAsync(string name) => RunAsync(async () =>
    {
        if (!ColumnMap.Of(_columns).TryGet(out var map, out _failure) || !(await presets.SaveAsync(Actor, name, _file!.Headers, map, _region, Closing)).TryGet(out _, out _failure))
            return;
        _presetNote = $"Saved as \"{name.Trim()}\".";
        _presets = await presets.ForAsync(Actor, _file.Headers, Closing);
    });

    private Result<ImportRequest> Request() => ColumnMap.Of(_columns).TryGet(out var map, out var failure)
        ? new ImportRequest(_path!, _fileName, map, _region.Trim().Length == 0 ? null : _region, _purpose?.Id, _wording?.Id, _asks)
        : failure;

    private void Remap(IReadOnlyDictionary<string, string> columns) => (_columns, _proposal) = (columns, null);

    private void ChoosePurpose(PurposeChoice? purpose)
    {
        (_purpose, _proposal) = (purpose, null);
        // Which words people saw is vouched for by a person, so it is guessed only where there is nothing to choose.
        _wording = purpose?.Wordings is [var only] ? only : null;
    }

    private void ChooseWording(WordingChoice? wording) => (_wording, _proposal) = (wording, null);

    private void ChooseAsks(bool asks) => (_asks, _proposal) = (asks, null);

    private void ChooseRegion(string region) => (_region, _proposal) = (region, null);

    private void Show(Action change) => _ = InvokeAsync(() =>
    {
        change();
        StateHasChanged();
    });

    private void Forget()
    {
        if (_path is not null)
            ImportUploads.Delete(_path);
        (_path, _file) = (null, null);
    }

    private string ImportLabel(ImportSummary proposal) =>
        proposal.People == 0 ? "Import (nothing would change)"
        : NeedsSecond ? $"Submit {Figures.Counted(proposal.People, "person", "people")} for approval"
        : $"Import {Figures.Counted(proposal.People, "person", "people")}";

    private static string DelimiterWord(char delimiter) => delimiter switch
    {
        ',' => "separated by commas",
        ';' => "separated by semicolons",
        '\t' => "separated by tabs",
        _ => $"separated by {delimiter}",
    };
}

public sealed record UploadBroke() : Failure("The upload broke off. Nothing was imported; choose the file again.");
