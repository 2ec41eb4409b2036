using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Imports;

namespace ConsentPortal.Web.Features.Settings;

/// <param name="Changed">Countries that have another price now.</param>
public sealed record LoadedPrices(int Changed);

/// <summary>Takes list prices from a file, after it has shown what they change. An uploaded file is deleted once it was taken.</summary>
public sealed partial class LoadPricesPage(LoadListPrices load, ImportUploads uploads) : NumberFilePage<LoadedPrices>(uploads)
{
    private bool _isComplete;
    private PriceDifference? _difference;

    protected override async Task<Result<NumberFile>> LookAsync(string path, string name)
    {
        _difference = null;
        var file = await load.OpenAsync(Actor, path, name, Closing);
        if (file.IsSuccess)
            _difference = await load.CompareAsync(Actor, file.Value, _isComplete, Closing);
        return file;
    }

    protected override Func<Task<Result<LoadedPrices>>> Taking(NumberFile list, Action<int> progress)
    {
        var (actor, closing, isComplete, seen) = (Actor, Closing, _isComplete, _difference!.Changes);
        return async () =>
        {
            var loaded = await load.ExecuteAsync(actor, list, isComplete, seen, closing);
            return loaded.IsSuccess ? new LoadedPrices(loaded.Value) : loaded.Failure;
        };
    }

    private Task CompleteAsync(bool isComplete) => RunAsync(async () =>
    {
        _isComplete = isComplete;
        if (List is { } file)
            _difference = await load.CompareAsync(Actor, file, isComplete, Closing);
    });

    private static string Price(decimal? euro) => euro is { } known ? CampaignWording.OfPartPrice(known) : "None";
}
