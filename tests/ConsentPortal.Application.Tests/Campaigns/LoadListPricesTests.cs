using System.Text;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class LoadListPricesTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    private LoadListPrices Load => _portal.Get<LoadListPrices>();

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_list_shows_what_it_changes_and_does_exactly_that()
    {
        await _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, "PL", 0.04m, default);
        var file = await FileAsync("Country,Euro for one part\nDE,0.0735\nus,0.0075\nPL,0.05\nCH,0.06\n");

        var difference = await Load.CompareAsync(_portal.Staff, file, isComplete: false, default);

        Assert.Equal([new("CH", null, 0.06m), new("DE", 0.08m, 0.0735m), new("PL", 0.04m, 0.05m)], difference.Changes);
        Assert.Equal((1, 0), (difference.Unchanged, difference.Refused.Count));
        Assert.Equal(3, (await Load.ExecuteAsync(_portal.Staff, file, isComplete: false, difference.Changes, default)).Value);
        Assert.Equal([0.06m, 0.0735m, 0.05m, 0.0075m], await ListedAsync("CH", "DE", "PL", "US"));
        // What is the same as before is nobody's entry.
        Assert.Null((await _portal.Get<PriceList>().GetAsync(_portal.Staff, default)).Single(r => r.Country == "US").Own);
        var entry = Assert.Single(await _portal.AuditAsync("price.listLoaded"));
        Assert.Equal(file.Hash, entry.GetProperty("object").GetProperty("id").GetString());
        Assert.Equal(4, (await _portal.AuditAsync("price.set")).Count);
    }

    [Fact]
    public async Task A_complete_list_takes_back_what_was_entered_for_other_countries()
    {
        await _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, "PL", 0.04m, default);
        await _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, "DE", 0.05m, default);
        var file = await FileAsync("Country,Euro for one part\nCH,0.06\n");

        var difference = await Load.CompareAsync(_portal.Staff, file, isComplete: true, default);
        await Load.ExecuteAsync(_portal.Staff, file, isComplete: true, difference.Changes, default);

        Assert.Equal([new("CH", null, 0.06m), new("DE", 0.05m, 0.08m), new("PL", 0.04m, null)], difference.Changes);
        Assert.Equal([0.06m, 0.08m, null], await ListedAsync("CH", "DE", "PL"));
        Assert.Equal(2, (await _portal.AuditAsync("price.removed")).Count);
    }

    [Fact]
    public async Task Each_line_that_is_wrong_is_named_by_its_number_and_nothing_is_taken()
    {
        var file = await FileAsync("Country;Euro for one part;Name\nDE;0,0735;Germany\nGermany;0.05;\nDE;0.06;\nFR;cheap;\n;;\nGB;-0.01;\nIT;10.01;\nES;0.0000001;\nNL;;\nXX;0.05;\n");

        var difference = await Load.CompareAsync(_portal.Staff, file, isComplete: false, default);

        Assert.Equal([3, 4, 5, 7, 8, 9, 10, 11], difference.Refused.Select(l => l.Line));
        Assert.Equal(
            ["No country", "DE stands in line 2", "No price", "A part of a text costs", "A part of a text costs", "A part of a text costs", "No price", "No country"],
            difference.Refused.Select(l => Beginning(l.Sentence)));
        Assert.Empty(difference.Changes);
        Assert.IsType<PriceFileUnfit>((await Load.ExecuteAsync(_portal.Staff, file, isComplete: false, [], default)).Failure);
        Assert.Equal([0.08m], await ListedAsync("DE"));
    }

    [Theory]
    [InlineData("DE,0.0735\nUS,0.0075\n")]
    [InlineData("Country,Euro for one part\n")]
    [InlineData("Land,Euro for one part\nDE,0.05\n")]
    [InlineData("Number\n+12125552368\n")]
    public async Task A_file_that_is_no_list_of_prices_is_refused_before_anything_is_compared(string text) =>
        Assert.IsType<PriceFileUnfit>((await Load.OpenAsync(_portal.Staff, await WriteAsync(Encoding.UTF8.GetBytes(text)), "prices.csv", default)).Failure);

    [Fact]
    public async Task A_price_that_somebody_changes_meanwhile_is_not_overwritten_unseen()
    {
        var file = await FileAsync("Country,Euro for one part\nDE,0.0735\n");
        var seen = (await Load.CompareAsync(_portal.Staff, file, isComplete: false, default)).Changes;
        await _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, "DE", 0.09m, default);

        Assert.IsType<ChangedMeanwhile>((await Load.ExecuteAsync(_portal.Staff, file, isComplete: false, seen, default)).Failure);

        Assert.Equal([0.09m], await ListedAsync("DE"));
        Assert.Empty(await _portal.AuditAsync("price.listLoaded"));
    }

    [Fact]
    public async Task The_exported_list_is_one_that_changes_nothing_when_it_is_loaded()
    {
        await _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, "PL", 0.041234m, default);
        using var csv = new MemoryStream();

        await _portal.Get<ExportListPrices>().ExecuteAsync(_portal.Staff, csv, default);

        var file = (await Load.OpenAsync(_portal.Staff, await WriteAsync(csv.ToArray()), "prices.csv", default)).Value;
        var difference = await Load.CompareAsync(_portal.Staff, file, isComplete: true, default);
        Assert.Equal((0, 0, 16), (difference.Changes.Count, difference.Refused.Count, difference.Unchanged));
        Assert.Contains("PL,0.041234", Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);
        Assert.Single(await _portal.AuditAsync("price.listExported"));
    }

    [Fact]
    public async Task Only_who_manages_settings_loads_and_exports_prices()
    {
        var marketer = await _portal.AddStaffAsync("Mia", [Permissions.EditCampaigns]);
        var file = await FileAsync("Country,Euro for one part\nDE,0.0735\n");

        await Assert.ThrowsAsync<NotPermitted>(() => Load.OpenAsync(marketer, file.Path, file.Name, default));
        await Assert.ThrowsAsync<NotPermitted>(() => Load.CompareAsync(marketer, file, isComplete: false, default));
        await Assert.ThrowsAsync<NotPermitted>(() => Load.ExecuteAsync(marketer, file, isComplete: false, [], default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExportListPrices>().ExecuteAsync(marketer, Stream.Null, default));
    }

    private static string Beginning(string sentence) => sentence.Split(" already")[0].Split(":")[0].Split(" 0 to")[0];

    private async Task<NumberFile> FileAsync(string text) => (await Load.OpenAsync(_portal.Staff, await WriteAsync(Encoding.UTF8.GetBytes(text)), "prices.csv", default)).Value;

    private async Task<string> WriteAsync(byte[] bytes)
    {
        var path = Path.Combine(_portal.Folder, $"{Guid.CreateVersion7():N}.csv");
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    private async Task<IReadOnlyList<decimal?>> ListedAsync(params string[] countries)
    {
        var rows = (await _portal.Get<PriceList>().GetAsync(_portal.Staff, default)).ToDictionary(r => r.Country, r => r.Listed);
        return [.. countries.Select(c => rows.GetValueOrDefault(c))];
    }
}
