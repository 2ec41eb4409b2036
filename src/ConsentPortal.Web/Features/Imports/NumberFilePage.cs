using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>
/// A page that takes a file of numbers: it is uploaded, looked at, taken line by line while the page tells how far it is, and deleted
/// once it was taken or the page is left.
/// </summary>
/// <typeparam name="TTaken">What became of the lines.</typeparam>
public abstract class NumberFilePage<TTaken>(ImportUploads uploads) : PortalPage where TTaken : class
{
    /// <summary>Null until one was uploaded that can be read.</summary>
    protected NumberFile? List { get; private set; }

    /// <summary>Which column holds the numbers, from 0.</summary>
    protected int Column { get; set; }

    /// <summary>Lines that are done; null while nothing is being taken.</summary>
    protected int? DoneLines { get; private set; }

    protected TTaken? Taken { get; private set; }

    protected Failure? Problem { get; set; }

    /// <summary>Looks at an uploaded file before anything of it is taken.</summary>
    protected abstract Task<Result<NumberFile>> LookAsync(string path, string name);

    /// <summary>What is to be done with the file, with everything that it needs to know: it runs beside the page.</summary>
    /// <param name="progress">To be told how many lines are done.</param>
    protected abstract Func<Task<Result<TTaken>>> Taking(NumberFile list, Action<int> progress);

    protected Task UploadAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        Forget();
        (Problem, Taken) = (null, null);
        try
        {
            if ((await uploads.TakeAsync(chosen.File, _ => { }, Closing)).TryGet(out var path, out var refused))
                await KeepAsync(path, chosen.File.Name);
            else
                Problem = refused;
        }
        catch (IOException)
        {
            Problem = new UploadBroke();
        }
    });

    protected Task TakeAsync() => RunAsync(async () =>
    {
        (Problem, Taken, DoneLines) = (null, null, 0);
        try
        {
            // Reading numbers is arithmetic for seconds; the page has to stay alive meanwhile.
            if ((await Task.Run(Taking(List!, Show), Closing)).TryGet(out var taken, out var refused))
            {
                Taken = taken;
                Forget();
            }
            else
            {
                Problem = refused;
            }
        }
        finally
        {
            DoneLines = null;
        }
    });

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private async Task KeepAsync(string path, string name)
    {
        if ((await LookAsync(path, name)).TryGet(out var list, out var refused))
        {
            (List, Column) = (list, list.SuggestedColumn);
            return;
        }

        Problem = refused;
        ImportUploads.Delete(path);
    }

    private void Show(int done) => _ = InvokeAsync(() =>
    {
        DoneLines = done;
        StateHasChanged();
    });

    private void Forget()
    {
        if (List is not null)
            ImportUploads.Delete(List.Path);
        List = null;
    }
}
