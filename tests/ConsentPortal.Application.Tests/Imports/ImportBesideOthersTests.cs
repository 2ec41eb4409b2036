using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Imports;

/// <summary>Rows are finished before the write lock is taken; what others do in between still counts.</summary>
public sealed class ImportBesideOthersTests
{
    private const int Rows = 2_500;

    [Fact]
    public async Task Somebody_whom_staff_add_meanwhile_is_not_added_again()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = List();

        var result = await ImportAsync(portal, list, beforeLastBatch: () => portal.AddPersonAsync(Number(Rows - 1)));

        await using var db = portal.Database.Open();
        var hash = portal.Get<LookupHash>().Phone(Number(Rows - 1));
        Assert.Equal((1, 1), (await db.Subscribers.CountAsync(s => s.PhoneHash == hash), result.Summary.Update));
        Assert.Equal(Rows, await db.Subscribers.CountAsync());
    }

    [Fact]
    public async Task Somebody_who_stops_meanwhile_is_refused()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = List();

        var result = await ImportAsync(portal, list, beforeLastBatch: () => portal.Database.WriteAsync(
            db => Task.FromResult(db.Suppressions.Add(new Suppression
            {
                PhoneHash = portal.Get<LookupHash>().Phone(Number(Rows - 1)), Scope = SuppressionScope.All, Source = SuppressionSource.Keyword, Reason = "Texted STOP", At = portal.Now,
            })),
            default));

        Assert.Equal((Rows - 1, 1), (result.Summary.New, result.Summary.Refused));
        await using var db = portal.Database.Open();
        Assert.Equal(Rows - 1, await db.ConsentEvents.CountAsync());
    }

    private static ListFile List() => ListFile.Of([.. Enumerable.Range(0, Rows).Select(i => $"{Number(i)},GB,Ann,yes,2025-11-03,web form")]);

    private static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"+4477{11_000_000 + index:D8}");

    /// <param name="beforeLastBatch">Runs when the second batch is committed: by then the last one is finished.</param>
    private static async Task<ImportResult> ImportAsync(PeoplePortal portal, ListFile list, Func<Task> beforeLastBatch)
    {
        portal.Get<IOptions<ImportOptions>>().Value.RowsAtOnce = 1_000;
        var batches = 0;
        var watch = new ImportWatch(Progress: _ =>
        {
            if (++batches == 2)
                Task.Delay(300).ContinueWith(_ => beforeLastBatch(), TaskScheduler.Default).Unwrap().GetAwaiter().GetResult();
        });
        var request = list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };
        return (await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, request, watch, default)).Value;
    }
}
