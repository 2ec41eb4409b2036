using System.Text.Json;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Staff;

/// <summary>What the log holds of tries to sign in with addresses that belong to nobody.</summary>
public sealed class StrangersAtSignInTests : IAsyncLifetime
{
    private static readonly ActorOrigin Somewhere = new("request-1", "203.0.113.9");

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_flood_fills_no_more_of_the_log_than_so_many_entries_an_hour_and_the_next_one_says_how_many_were_not_listed()
    {
        await TryAsync(StrangersAtSignIn.MostAnHour + 7);
        _portal.Clock.Advance(TimeSpan.FromMinutes(59));
        await TryAsync(1);
        var flood = await _portal.AuditAsync("staff.signInFailed");
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await TryAsync(2);

        Assert.Equal(StrangersAtSignIn.MostAnHour, flood.Count);
        Assert.Equal(
            [PeoplePortal.Noon.AddHours(1)], flood.Select(entry => entry.GetProperty("after")).Where(after => after.TryGetProperty("listedAgainFrom", out _)).Select(after => after.GetProperty("listedAgainFrom").GetDateTimeOffset()));
        var later = (await _portal.AuditAsync("staff.signInFailed")).Skip(flood.Count).Select(entry => entry.GetProperty("after")).ToList();
        Assert.Equal([8, null], later.Select(after => after.TryGetProperty("unlistedBefore", out var unlisted) ? unlisted.GetInt32() : (int?)null));
        Assert.Equal([1, 2], later.Select(after => after.GetProperty("tryOfHour").GetInt32()));
    }

    [Fact]
    public async Task The_entry_names_the_address_that_it_came_from_and_nobodys_mail_address()
    {
        await TryAsync(1);

        var entry = Assert.Single(await _portal.AuditAsync("staff.signInFailed"));
        Assert.Equal(("203.0.113.9", "stranger", "staff"), (entry.GetProperty("ip").GetString(), entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("actor").GetProperty("kind").GetString()));
        Assert.DoesNotContain("guess.example", entry.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task TryAsync(int times)
    {
        var strangers = new StrangersAtSignIn(_portal.Database, _portal.Get<LookupHash>(), _portal.Clock);
        for (var i = 0; i < times; i++)
            await strangers.NoteAsync($"person{i}@guess.example", Somewhere, default);
    }
}
