using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class ListPriceTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_price_that_staff_entered_goes_before_the_configuration_until_it_is_taken_back()
    {
        Assert.Equal(0.08m, (await PriceAsync("DE"))!.Euro);

        Assert.True((await SetAsync("de", 0.0735m)).IsSuccess);
        Assert.Equal(new PartPrice(0.0735m, PriceSource.Listed), await PriceAsync("DE"));
        Assert.Equal((0.0735m, "Carla Mendes", 0.08m), await RowAsync("DE") switch { var r => (r.Own!.Euro, r.Own.Who, r.Configured) });
        Assert.True((await SetAsync("DE", null)).IsSuccess);

        Assert.Equal(0.08m, (await PriceAsync("DE"))!.Euro);
        Assert.Null((await RowAsync("DE")).Own);
        Assert.Equal((1, 1), ((await _portal.AuditAsync("price.set")).Count, (await _portal.AuditAsync("price.removed")).Count));
    }

    [Fact]
    public async Task What_was_charged_lately_stands_beside_the_list_and_goes_before_it()
    {
        var person = await _portal.AddPersonAsync();
        var text = await _portal.SendAsync(person, _portal.Now.AddDays(-1));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.Price, 0.03m).SetProperty(x => x.Parts, 2)), default);
        await SetAsync("US", 0.02m);

        Assert.Equal((0.02m, new ChargedPrice(0.015m, 2)), await RowAsync("US") switch { var r => (r.Listed, r.Charged) });
        Assert.Equal(new PartPrice(0.015m, PriceSource.Charged), await PriceAsync("US"));
    }

    [Fact]
    public async Task A_country_that_the_configuration_does_not_name_gets_a_price()
    {
        Assert.Null(await PriceAsync("PL"));

        await SetAsync("PL", 0.04m);

        Assert.Equal(0.04m, (await PriceAsync("PL"))!.Euro);
    }

    [Theory]
    [InlineData("XX", "0.05", typeof(NoSuchCountryForPrice))]
    [InlineData("Germany", "0.05", typeof(NoSuchCountryForPrice))]
    [InlineData("DE", "-0.01", typeof(PriceOutOfRange))]
    [InlineData("DE", "10.01", typeof(PriceOutOfRange))]
    [InlineData("DE", "0.0000001", typeof(PriceOutOfRange))]
    public async Task What_is_no_price_or_no_country_is_refused(string country, string euro, Type refusal)
    {
        Assert.IsType(refusal, (await SetAsync(country, decimal.Parse(euro, System.Globalization.CultureInfo.InvariantCulture))).Failure);

        Assert.Empty(await _portal.AuditAsync("price.set"));
    }

    [Fact]
    public async Task The_same_price_again_is_no_change()
    {
        await SetAsync("DE", 0.05m);
        await SetAsync("DE", 0.05m);

        Assert.Single(await _portal.AuditAsync("price.set"));
    }

    [Fact]
    public async Task Only_who_manages_settings_sees_and_sets_prices()
    {
        var marketer = await _portal.AddStaffAsync("Mia", [Permissions.EditCampaigns]);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<PriceList>().GetAsync(marketer, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SetListPrice>().ExecuteAsync(marketer, "DE", 0.05m, default));
    }

    private Task<Result<Done>> SetAsync(string country, decimal? euro) => _portal.Get<SetListPrice>().ExecuteAsync(_portal.Staff, country, euro, default);

    private async Task<PriceRow> RowAsync(string country) => (await _portal.Get<PriceList>().GetAsync(_portal.Staff, default)).Single(r => r.Country == country);

    private async Task<PartPrice?> PriceAsync(string country)
    {
        await using var db = _portal.Database.Open();
        return (await _portal.Get<PartPrices>().ReadAsync(db, default)).GetValueOrDefault(country);
    }
}
