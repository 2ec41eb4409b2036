using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Preferences;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class FindingPeopleTests
{
    [Fact]
    public async Task Somebody_renamed_is_found_by_the_new_name_and_no_more_by_the_old()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync(first: "Ada", last: "Okafor");

        await RenameAsync(portal, id, "Zadie", "Okafor");

        Assert.Equal((0, 1, 1), (await FoundAsync(portal, "ada"), await FoundAsync(portal, "Zad"), await FoundAsync(portal, "okafor")));
    }

    [Fact]
    public async Task Renaming_one_of_two_namesakes_leaves_the_other_findable()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync(first: "Ada", last: "Okafor");
        await portal.AddTwinAsync(first: "Ada");

        await RenameAsync(portal, id, "Zadie", "Smith");

        Assert.Equal(1, await FoundAsync(portal, "Ada"));
    }

    // Without figures about its tables the planner takes "is null" for rarer than any list of values, and would read everybody.
    [Fact]
    public async Task People_who_are_not_merged_are_looked_up_by_the_index_of_their_number()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await using var db = portal.Database.Open();
        var hashes = Enumerable.Range(0, 100).Select(i => new byte[] { (byte)i }).ToArray();

        var plan = await PlanAsync(db, db.Subscribers.Where(s => hashes.Contains(s.PhoneHash!) && s.MergedIntoId == null).ToQueryString());

        Assert.Contains("IX_Subscribers_PhoneHash", plan);
    }

    private static async Task<string> PlanAsync(DbContext db, string query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var statement = query.LastIndexOf("SELECT", StringComparison.Ordinal);
#pragma warning disable CA2100 // The query is the product's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + query[statement..].Replace("@", ":", StringComparison.Ordinal);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    private static async Task RenameAsync(PeoplePortal portal, Domain.Subscribers.SubscriberId id, string first, string last)
    {
        var person = await VersionAsync(portal, id);
        var edit = new SubscriberEdit(person, new SubscriberProfile(first, last, null), "en", null, null, null, FrequencyPreference.Every, null, "Asked for by telephone");
        Assert.True((await portal.Get<EditSubscriber>().ExecuteAsync(portal.Staff, id, edit, default)).IsSuccess);
    }

    private static async Task<Guid> VersionAsync(PeoplePortal portal, Domain.Subscribers.SubscriberId id)
    {
        await using var db = portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == id).Select(s => s.Version).SingleAsync();
    }

    private static async Task<int> FoundAsync(PeoplePortal portal, string word) =>
        (await portal.Get<SubscriberList>().PageAsync(portal.Staff, new SubscriberQuery(word), default)).Total;
}
