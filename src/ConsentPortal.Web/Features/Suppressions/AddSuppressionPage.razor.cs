using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Imports;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Lists one number or a file of numbers. What is typed stays out of the address, and an uploaded file is deleted once it was taken.</summary>
public sealed partial class AddSuppressionPage(SuppressionList list, PurposeList purposes, AddSuppression add, AddSuppressionFile addFile, ImportUploads uploads)
{
    private IReadOnlyList<PurposeName> _purposes = [];
    private IReadOnlyList<string> _senders = [];
    private SuppressionScope _scope = SuppressionScope.All;
    private PurposeId? _purpose;
    private string? _sender;
    private string _reason = "";
    private string? _country = "US";
    private string _number = "";
    private ListedNumber? _listed;
    private NumberFile? _file;
    private int _column;
    private int? _done;
    private ListedFile? _result;
    private Failure? _problem;

    private string? WhyNot =>
        _scope is SuppressionScope.Purpose && _purpose is null ? "Choose the purpose."
        : _scope is SuppressionScope.Sender && _sender is null ? "Choose the sender."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why." : null;

    private SuppressionReach Reach => new(_scope, _scope is SuppressionScope.Purpose ? _purpose : null, _scope is SuppressionScope.Sender ? _sender : null);

    protected override async Task OpenAsync()
    {
        _purposes = await purposes.NamesAsync(Actor, Closing);
        _senders = await list.SendersAsync(Actor, Closing);
    }

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private Task AddAsync() => RunAsync(async () =>
    {
        _listed = null;
        if (!PhoneNumber.Parse(_number, _country).TryGet(out var phone, out var refused))
        {
            _problem = refused;
            return;
        }

        if ((await add.ExecuteAsync(Actor, phone, Reach, _reason, Closing)).TryGet(out _listed, out _problem))
            _number = "";
    });

    private Task UploadAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        Forget();
        (_problem, _result) = (null, null);
        try
        {
            if (!(await uploads.TakeAsync(chosen.File, _ => { }, Closing)).TryGet(out var path, out _problem))
                return;
            if ((await addFile.OpenAsync(Actor, path, chosen.File.Name, Closing)).TryGet(out _file, out _problem))
                _column = _file.SuggestedColumn;
            else
                ImportUploads.Delete(path);
        }
        catch (IOException)
        {
            _problem = new UploadBroke();
        }
    });

    private Task AddFileAsync() => RunAsync(async () =>
    {
        (_problem, _result, _done) = (null, null, 0);
        try
        {
            // Reading numbers is arithmetic for seconds; the page has to stay alive meanwhile.
            var (actor, closing, request) = (Actor, Closing, new SuppressionFileRequest(_file!, _column, _country, Reach, _reason));
            if ((await Task.Run(() => addFile.ExecuteAsync(actor, request, Show, closing), closing)).TryGet(out _result, out _problem))
                Forget();
        }
        finally
        {
            _done = null;
        }
    });

    private void Show(int done) => _ = InvokeAsync(() =>
    {
        _done = done;
        StateHasChanged();
    });

    private void Forget()
    {
        if (_file is not null)
            ImportUploads.Delete(_file.Path);
        _file = null;
    }

    private string PurposeName(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private static string Ended(int people) => people == 0
        ? "Nobody here has it."
        : $"{Figures.Counted(people, "person", "people")} here {(people == 1 ? "has" : "have")} it; their consent has ended as far as the entry reaches.";
}
