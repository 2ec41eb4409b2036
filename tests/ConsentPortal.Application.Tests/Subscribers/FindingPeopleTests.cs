using System.Globalization;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
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

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task A_page_behind_the_last_one_is_the_last_one(int page)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync();

        var people = await portal.Get<SubscriberList>().PageAsync(portal.Staff, new SubscriberQuery("", Page: page), default);

        Assert.Equal(id, Assert.Single(people.Rows).Id);
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

    [Fact]
    public async Task Somebody_with_another_number_is_found_by_its_last_four_digits_and_no_more_by_the_old_ones()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync("+12125552368");
        var change = new NumberChange(await VersionAsync(portal, id), PhoneNumber.Parse("+12125559999", null).Value, "New telephone", "By telephone, with date of birth", IsAskedByPerson: true);

        Assert.True((await portal.Get<ChangeNumber>().ExecuteAsync(portal.Staff, id, change, default)).IsSuccess);

        Assert.Equal((0, 1), (await FoundAsync(portal, "2368"), await FoundAsync(portal, "9999")));
    }

    [Fact]
    public async Task People_of_a_large_list_lie_in_a_run_of_their_own_and_are_found_beside_those_who_came_alone()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.AddPersonAsync("+12125552368", first: "Anna", last: "Okafor");
        var (list, imported) = await ImportManyAsync(portal);
        using (list)
        {
            await using (var db = portal.Database.Open())
            {
                Assert.Equal(2, await db.SearchRuns.CountAsync());
                Assert.Equal(imported * 5, await db.SearchWords.CountAsync(w => w.Run != SearchRun.OfSinglePeople));
            }

            Assert.Equal((1, imported + 1, 1), (await FoundAsync(portal, "anna77"), await FoundAsync(portal, "Ann"), await FoundAsync(portal, "0077")));
            Assert.Equal((1, 0), (await FoundAsync(portal, "Anna77 Lee"), await FoundAsync(portal, "Anna77 Okafor")));
        }
    }

    [Fact]
    public async Task Somebody_of_a_large_list_is_renamed_like_anybody_else()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var (list, _) = await ImportManyAsync(portal);
        using (list)
        {
            var id = (await portal.Get<SubscriberList>().PageAsync(portal.Staff, new SubscriberQuery("anna77"), default)).Rows.Single().Id;

            await RenameAsync(portal, id, "Zadie", "Leeds");

            Assert.Equal((0, 1, 1), (await FoundAsync(portal, "anna77"), await FoundAsync(portal, "zadie"), await FoundAsync(portal, "0077")));
        }
    }

    [Fact]
    public async Task People_of_several_runs_are_forgotten_together_to_the_last_word()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var people = new[] { 2, 2, 1, 3, 2 }.Select((run, i) => (Run: run, Id: SubscriberId.New(PeoplePortal.Noon), Hash: (long)i)).ToList();
        await portal.Database.WriteAsync(
            db =>
            {
                db.SearchRuns.AddRange(new SearchRun(), new SearchRun());
                // Renamed since: a word of each lies among those of single people.
                db.SearchWords.AddRange(people.Select(p => new SearchWord { Run = p.Run, SubscriberId = p.Id, Hash = p.Hash }));
                db.SearchWords.AddRange(people.Select(p => new SearchWord { SubscriberId = p.Id, Hash = 100 }));
                return Task.CompletedTask;
            },
            default);

        var words = people.SelectMany(p => new[] { new SearchWord { SubscriberId = p.Id, Hash = p.Hash }, new SearchWord { SubscriberId = p.Id, Hash = 100 } });
        var removed = await portal.Database.WriteAsync(db => db.ForgetWordsAsync(words, default), default);

        await using var after = portal.Database.Open();
        Assert.Equal((10, 0), (removed, await after.SearchWords.CountAsync()));
    }

    [Theory]
    [InlineData("Okafor")]
    [InlineData("2368")]
    public async Task A_search_asks_each_run_by_its_key_and_reads_nobody_else(string word)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await using var db = portal.Database.Open();

        var plan = await PlanAsync(db, portal.Get<SubscriberList>().Matching(db, new SubscriberQuery(word)).ToQueryString());

        Assert.Contains("SEARCH s0 USING PRIMARY KEY (Run=? AND Hash=?)", plan);
        Assert.DoesNotContain("SCAN s ", plan);
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

    /// <summary>Names that begin alike, each with a number whose end is the row's.</summary>
    private static async Task<(ListFile List, int People)> ImportManyAsync(PeoplePortal portal)
    {
        const int people = 2_100;
        var rows = Enumerable.Range(0, people).Select(i => string.Create(CultureInfo.InvariantCulture, $"+44771000{i:D4},Anna{i},Lee{i}"));
        var list = new ListFile(string.Join('\n', rows.Prepend("Mobile,First,Last")));
        var map = ColumnMap.Parse("phone=Mobile,firstName=First,lastName=Last").Value;
        Assert.True((await portal.Get<ImportSubscribers>().ExecuteAsync(Actor.CommandLine, new ImportRequest(list.Path, "people.csv", map, null, null, null), ImportWatch.None, default)).IsSuccess);
        return (list, people);
    }

    private static async Task<string> PlanAsync(DbContext db, string query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var statement = query.IndexOf("SELECT", StringComparison.Ordinal);
#pragma warning disable CA2100 // The query is the product's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + query[statement..].Replace("@", ":", StringComparison.Ordinal);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    private static async Task RenameAsync(PeoplePortal portal, SubscriberId id, string first, string last)
    {
        var person = await VersionAsync(portal, id);
        var edit = new SubscriberEdit(person, new SubscriberProfile(first, last, null), "en", null, null, null, FrequencyPreference.Every, null, "Asked for by telephone");
        Assert.True((await portal.Get<EditSubscriber>().ExecuteAsync(portal.Staff, id, edit, default)).IsSuccess);
    }

    private static async Task<Guid> VersionAsync(PeoplePortal portal, SubscriberId id)
    {
        await using var db = portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == id).Select(s => s.Version).SingleAsync();
    }

    private static async Task<int> FoundAsync(PeoplePortal portal, string word) =>
        (await portal.Get<SubscriberList>().PageAsync(portal.Staff, new SubscriberQuery(word), default)).Total;
}
