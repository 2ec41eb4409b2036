using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Preferences;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Preferences;

public sealed class PauseTests : IAsyncLifetime
{
    private static readonly DateOnly LastDay = new(2026, 12, 24);

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    /// <summary>The day after the last one in UTC, so that its date reads the same everywhere.</summary>
    [Theory]
    [Trait("Rule", "C-13")]
    [InlineData("+12125552368", null, "2026-12-25T05:00:00Z")]
    [InlineData("+12125552368", "Pacific/Honolulu", "2026-12-25T10:00:00Z")]
    [InlineData("+12125552368", "Asia/Tokyo", "2026-12-25T00:00:00Z")]
    [InlineData("+493012345678", null, "2026-12-25T00:00:00Z")]
    public async Task The_last_day_of_a_pause_is_quiet_to_its_end_where_the_person_is(string number, string? zone, string end)
    {
        var id = await _portal.AddPersonAsync(number, number.StartsWith("+49", StringComparison.Ordinal) ? "DE" : "US");
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.DeclaredZone, zone)), default);

        await _portal.Get<ChangePreferences>().ExecuteAsync(_portal.Staff, id, new PreferenceWish(FrequencyPreference.Every, LastDay, null, "Said on the phone"), default);

        await using var db = _portal.Database.Open();
        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), (await db.Subscribers.SingleAsync()).PausedUntil);
    }
}
