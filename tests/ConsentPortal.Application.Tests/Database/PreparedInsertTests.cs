using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Database;

public sealed class PreparedInsertTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 26, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public async Task A_prepared_insert_stores_a_row_bit_for_bit_as_saving_does()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.Database.WriteAsync(
            async db =>
            {
                db.AddRange(Event(person, portal, "Straße, “quoted”"), Fact(person, null), Message(person, portal));
                await db.SaveChangesAsync();
                await db.InsertAsync([Event(person, portal, "Straße, “quoted”")], default);
                await db.InsertAsync([Fact(person, null)], default);
                await db.InsertAsync([Message(person, portal)], default);
            },
            default);

        Assert.All((string[])["ConsentEvents", "SubscriberFacts", "OutboundMessages"], table => Assert.Single(Distinct(portal, table)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public async Task A_row_gets_the_id_that_the_database_gave_it_alone_or_among_many(int rows)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.Database.WriteAsync(db => db.InsertAsync([Fact(person, -1)], default), default);
        var facts = Enumerable.Range(0, rows).Select(i => Fact(person, i)).ToList();

        await portal.Database.WriteAsync(db => db.InsertAsync(facts, default), default);

        await using var db = portal.Database.Open();
        Assert.Equal(
            await db.SubscriberFacts.Where(f => f.Amount >= 0).OrderBy(f => f.Id).Select(f => new { f.Id, f.Amount }).ToListAsync(),
            facts.Select(f => new { f.Id, f.Amount }));
    }

    [Fact]
    public async Task A_value_that_a_row_lacks_is_not_taken_from_the_row_before_it()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        var facts = Enumerable.Range(0, 100).Select(i => Fact(person, i % 3 == 0 ? null : i)).ToList();

        await portal.Database.WriteAsync(db => db.InsertAsync(facts, default), default);

        await using var db = portal.Database.Open();
        Assert.Equal(facts.Select(f => f.Amount), await db.SubscriberFacts.OrderBy(f => f.Id).Select(f => f.Amount).ToListAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task A_row_that_a_constraint_forbids_ends_the_transaction(int rows)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var known = await portal.AddPersonAsync();

        var problem = await Assert.ThrowsAsync<SqliteException>(
            () => portal.Database.WriteAsync(db => db.InsertAsync([.. Enumerable.Repeat(Fact(known, 1), rows), Fact(SubscriberId.New(At), 1)], default), default));

        Assert.Equal(19, problem.SqliteErrorCode);
        await using var db = portal.Database.Open();
        Assert.Empty(await db.SubscriberFacts.ToListAsync());
    }

    private static SubscriberFact Fact(SubscriberId person, double? amount) =>
        new() { SubscriberId = person, Kind = FactKind.Purchase, At = At, Amount = amount, Reference = "A-1" };

    private static ConsentEvent Event(SubscriberId person, PeoplePortal portal, string reason) => new()
    {
        SubscriberId = person, PurposeId = portal.Offers.Id, NumberPeriodId = NumberPeriodId.From(Guid.Parse("018bcfe5-687b-7fff-bfff-ffffffffffff", CultureInfo.InvariantCulture)),
        Kind = ConsentEventKind.Granted, Basis = LegalBasis.Consent, Level = ConsentLevel.ExpressWritten, Channel = ConsentChannel.Import, IsActOfPerson = true, WordingId = portal.Wording.Id, At = At,
        RecordedAt = At.AddTicks(7), EvidenceSealed = [1, 2, 3], ActorKind = ActorKind.Job, ActorId = "import", Reason = reason, ImportRow = 17,
    };

    private static OutboundMessage Message(SubscriberId person, PeoplePortal portal) => new()
    {
        SubscriberId = person, Kind = MessageKind.HelpReply, MessageClass = MessageClass.Transactional, PurposeId = portal.Offers.Id, ClientRef = Guid.CreateVersion7(At).ToString("N"),
        PlannedAt = At, DueAt = At, State = MessageState.Delivered, Price = 0.0075m, BodySealed = [4],
    };

    // Everything but what must differ: the id and the client's own reference.
    private static List<string> Distinct(PeoplePortal portal, string table)
    {
        using var connection = new SqliteConnection($"Data Source={new PortalFolders(portal.Folder).Database}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names from above.
        command.CommandText = $"SELECT group_concat('quote(\"' || name || '\") || typeof(\"' || name || '\")', ' || ') FROM pragma_table_info('{table}') WHERE name NOT IN ('Id', 'ClientRef')";
        var columns = (string)command.ExecuteScalar()!;
        command.CommandText = $"SELECT DISTINCT {columns} FROM {table}";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
