using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>Whoever comes by two ways at the same instant is one person.</summary>
public sealed class OnePerNumberTests : IAsyncLifetime
{
    private static readonly PhoneNumber Number = new("+12125552368", "US");

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Forms_texts_and_staff_at_once_add_one_person()
    {
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "JOIN")), default);
        using var start = new ManualResetEventSlim();

        var ways = Enumerable.Range(0, 4).SelectMany(_ => new[] { Begin(JoinAsync), Begin(TextAsync), Begin(AddAsync) }).ToList();
        start.Set();
        await Task.WhenAll(ways);

        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.Subscribers.CountAsync());
        Assert.Equal(1, await db.NumberPeriods.CountAsync());

        Task Begin(Func<Task> way) => Task.Run(async () =>
        {
            start.Wait();
            await way();
        });
    }

    [Fact]
    public async Task Looking_for_a_number_that_nobody_has_leaves_nothing_behind()
    {
        await JoinAsync();

        await using var db = _portal.Database.Open();
        Assert.Empty(await db.Leases.ToListAsync());
    }

    [Fact]
    public async Task The_numbers_of_a_whole_list_can_be_held_again_as_soon_as_they_are_let_go()
    {
        byte[][] numbers = [[3], [1], [2]];
        for (var i = 0; i < 2; i++)
            await _portal.Database.WriteAsync(db => OnePerNumber.HoldAsync(db, numbers.Skip(i).Reverse(), default), default);

        await using var db = _portal.Database.Open();
        Assert.Empty(await db.Leases.ToListAsync());
    }

    private async Task JoinAsync() => await _portal.Get<JoinByForm>().ExecuteAsync(
        Actor.Subscriber("web-form", null), new JoinWish(_portal.Offers.Id, _portal.Wording.Id, Number, "Ada", "en", new ConsentEvidence()), default);

    private async Task TextAsync() => await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), Number.E164, "+12025550111", "JOIN", _portal.Now, null), default);

    private async Task AddAsync() => await _portal.Get<AddSubscriber>().ExecuteAsync(
        _portal.Staff, new NewSubscriber(Number, Domain.Subscribers.LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Store"), default);
}
