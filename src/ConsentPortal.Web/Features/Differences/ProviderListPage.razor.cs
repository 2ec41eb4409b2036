using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Imports;

namespace ConsentPortal.Web.Features.Differences;

/// <summary>Takes the provider's list of blocked numbers for one sender. An uploaded file is deleted once it was taken.</summary>
public sealed partial class ProviderListPage(SuppressionList suppressions, TakeProviderList take, ImportUploads uploads, TimeProvider clock) : NumberFilePage<TakenProviderList>(uploads)
{
    private IReadOnlyList<string> _senders = [];
    private string? _sender;
    private DateTime _asOf;
    private bool _isComplete;

    private string? WhyNot => _sender is null ? "Choose the sender." : null;

    protected override async Task OpenAsync()
    {
        _senders = await suppressions.SendersAsync(Actor, Closing);
        _sender = _senders is [var only] ? only : null;
        var now = clock.GetUtcNow().UtcDateTime;
        _asOf = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Unspecified);
    }

    protected override Task<Result<NumberFile>> LookAsync(string path, string name) => take.OpenAsync(Actor, path, name, Closing);

    protected override Func<Task<Result<TakenProviderList>>> Taking(NumberFile list, Action<int> progress)
    {
        var (actor, closing) = (Actor, Closing);
        var request = new ProviderListRequest(list, Column, _sender!, new DateTimeOffset(_asOf, TimeSpan.Zero), _isComplete);
        return () => take.ExecuteAsync(actor, request, progress, closing);
    }
}
