using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class AttributeValuesTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Values_are_offered_by_their_beginning_as_records_write_them()
    {
        await AttributeAsync(AttributeType.Text, "gold", "Gold ", "GOLD", "silver", "silver", "silver", "Golden", "Golden", "Golden");

        Assert.Equal(["gold", "Golden", "silver"], await FindAsync(""));
        Assert.Equal(["gold", "Golden"], await FindAsync("gO"));
        Assert.Equal(["Golden"], await FindAsync("GOLDE"));
        Assert.Empty(await FindAsync("%"));
    }

    [Fact]
    public async Task A_value_that_few_people_have_is_not_told_to_those_who_may_not_see_them()
    {
        await AttributeAsync(AttributeType.Text, "gold", "gold", "gold", "Ada's own", "Ada's own");

        Assert.Equal(["gold"], await FindAsync(""));
    }

    [Fact]
    public async Task Values_of_lists_are_offered_one_by_one_and_counted_over_all_lists()
    {
        await AttributeAsync(AttributeType.List, ";red;dark blue;", ";Red;", ";Dark Blue;red;", ";dark blue;green;", ";green;");

        Assert.Equal(["dark blue", "red"], (await FindAsync("")).Select(v => v.ToLowerInvariant()));
        Assert.Equal("red", Assert.Single(await FindAsync("R")), ignoreCase: true);
    }

    [Fact]
    public async Task A_sensitive_attribute_and_one_that_is_neither_text_nor_list_offer_nothing()
    {
        await AttributeAsync(AttributeType.Text, isSensitive: true, "diabetes", "diabetes", "diabetes");

        Assert.Empty(await FindAsync(""));
        Assert.Empty(await FindAsync("", attribute: 7));
    }

    [Fact]
    public async Task Who_may_not_see_segments_is_told_no_values() =>
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<AttributeValues>().FindAsync(Actor.Nobody, 1, "", default));

    private Task<IReadOnlyList<string>> FindAsync(string start, int attribute = 1) => _portal.Get<AttributeValues>().FindAsync(_portal.Staff, attribute, start, default);

    private Task AttributeAsync(AttributeType type, params string[] values) => AttributeAsync(type, isSensitive: false, values);

    private async Task AttributeAsync(AttributeType type, bool isSensitive, params string[] values)
    {
        var people = new List<SubscriberId>();
        foreach (var i in Enumerable.Range(0, values.Length))
            people.Add(await _portal.AddPersonAsync($"+1212555{2300 + i}"));
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.Add(new AttributeDefinition { Id = 1, Name = "Asked", Type = type, IsSensitive = isSensitive });
                db.SubscriberAttributes.AddRange(values.Select((value, i) => new SubscriberAttribute { SubscriberId = people[i], AttributeId = 1, Text = value }));
                return Task.CompletedTask;
            },
            default);
    }
}
