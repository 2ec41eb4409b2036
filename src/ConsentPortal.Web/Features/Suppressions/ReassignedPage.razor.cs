using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Imports;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Takes a file of answers of the Reassigned Numbers Database; the uploaded copy is deleted afterwards.</summary>
public sealed partial class ReassignedPage(RecordReassignedAnswers record, ImportUploads uploads)
{
    private NumberFile? _file;
    private int? _done;
    private TakenAnswers? _result;
    private Failure? _problem;

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private Task UploadAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        Forget();
        (_problem, _result) = (null, null);
        try
        {
            if (!(await uploads.TakeAsync(chosen.File, _ => { }, Closing)).TryGet(out var path, out _problem))
                return;
            if (!(await record.OpenAsync(Actor, path, chosen.File.Name, Closing)).TryGet(out _file, out _problem))
                ImportUploads.Delete(path);
        }
        catch (IOException)
        {
            _problem = new UploadBroke();
        }
    });

    private Task TakeAsync() => RunAsync(async () =>
    {
        (_problem, _result, _done) = (null, null, 0);
        try
        {
            // Reading numbers is arithmetic for seconds; the page has to stay alive meanwhile.
            var (actor, file, closing) = (Actor, _file!, Closing);
            if ((await Task.Run(() => record.ExecuteAsync(actor, file, Show, closing), closing)).TryGet(out _result, out _problem))
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
}
