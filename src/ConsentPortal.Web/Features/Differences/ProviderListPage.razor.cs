using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Imports;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Differences;

/// <summary>Takes the provider's list of blocked numbers for one sender. An uploaded file is deleted once it was taken.</summary>
public sealed partial class ProviderListPage(SuppressionList suppressions, TakeProviderList take, ImportUploads uploads, TimeProvider clock)
{
    private IReadOnlyList<string> _senders = [];
    private string? _sender;
    private DateTime _asOf;
    private bool _isComplete;
    private NumberFile? _file;
    private int _column;
    private int? _done;
    private TakenProviderList? _result;
    private Failure? _problem;

    private string? WhyNot => _sender is null ? "Choose the sender." : null;

    protected override async Task OpenAsync()
    {
        _senders = await suppressions.SendersAsync(Actor, Closing);
        _sender = _senders is [var only] ? only : null;
        var now = clock.GetUtcNow().UtcDateTime;
        _asOf = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Unspecified);
    }

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
            if ((await take.OpenAsync(Actor, path, chosen.File.Name, Closing)).TryGet(out _file, out _problem))
                _column = _file.SuggestedColumn;
            else
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
            var (actor, closing) = (Actor, Closing);
            var request = new ProviderListRequest(_file!, _column, _sender!, new DateTimeOffset(_asOf, TimeSpan.Zero), _isComplete);
            if ((await Task.Run(() => take.ExecuteAsync(actor, request, Show, closing), closing)).TryGet(out _result, out _problem))
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
