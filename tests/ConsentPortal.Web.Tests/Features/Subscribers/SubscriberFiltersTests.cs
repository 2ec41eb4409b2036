using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Subscribers;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class SubscriberFiltersTests
{
    [Fact]
    public void Every_filter_comes_back_from_the_address_that_it_makes()
    {
        var filters = new SubscriberFilters(
            PurposeId.From(Guid.CreateVersion7()), ConsentStatus.Withdrawn, "DE", "Web form & more", FrequencyPreference.UrgentOnly, ImportBatchId.From(Guid.CreateVersion7()), SubscriberSort.Oldest, 3,
            Number: NumberState.Suspect);

        Assert.Equal(filters, SubscriberFilters.From("https://portal.example" + filters.Address));
    }

    [Theory]
    [InlineData("?status=nonsense&number=9&frequency=99&purpose=1&page=-4&sort=1")]
    [InlineData("")]
    public void What_an_address_cannot_mean_is_left_out(string query)
    {
        var filters = SubscriberFilters.From("https://portal.example/subscribers" + query);

        Assert.Equal(new SubscriberFilters(), filters);
        Assert.Equal("/subscribers", filters.Address);
    }

    [Fact]
    public void A_search_is_part_of_the_query_and_never_of_the_address()
    {
        var filters = new SubscriberFilters(Country: "US");

        Assert.Equal("+12125552368", filters.Query("+12125552368").Search);
        Assert.DoesNotContain("2125552368", filters.Address, StringComparison.Ordinal);
    }
}
