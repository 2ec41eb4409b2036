using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>The list prices by country, with what was charged lately beside them.</summary>
public sealed partial class PricesPage(PriceList list, SetListPrice set)
{
    private IReadOnlyList<PriceRow>? _rows;
    private PriceRow? _asked;
    private bool _isAsked;
    private string? _country;
    private decimal? _euro;
    private Failure? _problem;

    private string? WhyNot => (_country, _euro) switch
    {
        (null, _) => "Choose a country.",
        (_, null) => "Enter a price.",
        var (_, euro) when euro == _asked?.Own?.Euro => "Nothing is changed.",
        _ => null,
    };

    protected override Task OpenAsync() => LoadAsync();

    private async Task LoadAsync() => _rows = await list.GetAsync(Actor, Closing);

    /// <summary>By how much more or less the second is than the first.</summary>
    internal static string Difference(decimal? first, decimal? second) => (first, second) is ({ } before and > 0, { } after)
        ? string.Create(CultureInfo.InvariantCulture, $"{(after - before) / before * 100:+0;-0;0} %")
        : "–";

    /// <param name="row">Null for a country that is not on the list yet.</param>
    private void Ask(PriceRow? row) => (_asked, _isAsked, _country, _euro, _problem) = (row, true, row?.Country, row?.Listed, null);

    private void Close() => _isAsked = false;

    private Task SetAsync(decimal? euro) => RunAsync(async () =>
    {
        var saved = await set.ExecuteAsync(Actor, _country!, euro, Closing);
        _problem = saved.Failure;
        if (!saved.IsSuccess)
            return;
        Tell(saved, "Saved. The next dry run reckons with it where the provider charged nothing lately.");
        Close();
        await LoadAsync();
    });
}
