using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class LongTextTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_stop_across_two_parts_is_read_as_one_text()
    {
        var id = await AgreedAsync();

        await PartAsync("Thanks for the shoes. Now please st", "108", 1, 2);
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        await PartAsync("op texting me", "108", 2, 2);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        var text = Assert.Single((await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(Review: null), default)).Rows);
        Assert.Equal(("Thanks for the shoes. Now please stop texting me", id), (text.Body, text.SubscriberId));
    }

    [Theory]
    [InlineData(3, 1, 2)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 2, 1)]
    public async Task Parts_may_come_in_any_order(params int[] order)
    {
        await AgreedAsync();
        string[] words = ["Please do ", "not te", "xt me"];

        foreach (var part in order)
            await PartAsync(words[part - 1], "9", part, 3);

        Assert.Equal("Please do not text me", await OnlyTextAsync());
        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task The_same_part_twice_is_one_part()
    {
        await AgreedAsync();

        await PartAsync("no more ", "9", 1, 2, "p-1");
        await PartAsync("no more ", "9", 1, 2, "p-1");
        await PartAsync("texts", "9", 2, 2, "p-2");
        await PartAsync("texts", "9", 2, 2, "p-2");
        await PartAsync("no more ", "9", 1, 2, "p-1");

        Assert.Equal("no more texts", await OnlyTextAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(2, await db.ReceivedParts.CountAsync(p => p.ReadAt != null));
    }

    [Fact]
    public async Task A_text_whose_rest_never_comes_is_read_after_a_minute_as_what_is_there()
    {
        await AgreedAsync();
        await PartAsync("Stop texting me! And by the way, ", "9", 1, 2);

        _portal.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await ReadDueAsync());
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await ReadDueAsync());

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        Assert.Equal(0, await ReadDueAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.OptOutConfirmation));
    }

    [Fact]
    public async Task A_part_that_comes_after_the_wait_is_a_text_of_its_own()
    {
        await AgreedAsync();
        await PartAsync("I love the blue ones ", "9", 1, 2);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReadDueAsync();

        await PartAsync("but take me off the list", "9", 2, 2);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReadDueAsync();

        await using var db = _portal.Database.Open();
        Assert.Equal(2, await db.InboundMessages.CountAsync());
        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task A_reference_that_comes_round_again_is_another_text()
    {
        await AgreedAsync();
        await PartAsync("What a lovely ", "7", 1, 2);
        await PartAsync("shop you have", "7", 2, 2);

        await PartAsync("Leave me ", "7", 1, 2);
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        await PartAsync("alone", "7", 2, 2);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task An_unfinished_text_is_read_when_its_reference_comes_round_again()
    {
        await AgreedAsync();
        await PartAsync("Stop texting me", "7", 1, 2);

        await PartAsync("What a lovely ", "7", 1, 3);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.ReceivedParts.CountAsync(p => p.ReadAt == null));
    }

    [Fact]
    public async Task Parts_of_two_people_with_the_same_reference_are_two_texts()
    {
        await AgreedAsync();
        await PartAsync("no more ", "7", 1, 2);
        await PartAsync("shoes please", "7", 2, 2, from: "+14155552671");

        await using var db = _portal.Database.Open();
        Assert.Equal(2, await db.ReceivedParts.CountAsync(p => p.ReadAt == null));
        Assert.Equal(0, await db.InboundMessages.CountAsync());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(0, 2)]
    [InlineData(1, 256)]
    [InlineData(1, -1)]
    public async Task A_part_that_counts_wrongly_is_read_as_it_came(int number, int total)
    {
        await AgreedAsync();

        await PartAsync("STOP", "7", number, total);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(0, await db.ReceivedParts.CountAsync());
    }

    [Fact]
    public async Task Ten_thousand_characters_in_many_parts_are_read_to_the_end()
    {
        await AgreedAsync();
        var text = string.Concat(Enumerable.Repeat("All about my day. ", 560)) + "And unsubscribe me.";

        var parts = text.Chunk(153).Select(c => new string(c)).ToList();
        for (var i = 0; i < parts.Count; i++)
            await PartAsync(parts[i], "7", i + 1, parts.Count);

        Assert.Equal(text, await OnlyTextAsync());
        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task A_part_waits_sealed_and_its_words_stay_in_no_second_place()
    {
        await PartAsync("secret words ", "7", 1, 2, from: "+14155552671");
        await using var db = _portal.Database.Open();
        var waiting = await db.ReceivedParts.AsNoTracking().SingleAsync();
        Assert.NotNull(waiting.TextSealed);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(waiting.TextSealed), StringComparison.Ordinal);

        await PartAsync("go on", "7", 2, 2, from: "+14155552671");

        Assert.All(await db.ReceivedParts.AsNoTracking().ToListAsync(), p => Assert.Null(p.TextSealed));
        Assert.Equal("secret words go on", await OnlyTextAsync());
    }

    [Fact]
    public async Task A_whole_stop_waits_for_nothing()
    {
        await AgreedAsync();

        await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(Actor.Provider("vonage"), new InboundText("m-1", Theirs, Ours, "STOP", _portal.Now, null), default);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    private const string Ours = "+12025550111";
    private const string Theirs = "+12125552368";

    private async Task<SubscriberId> AgreedAsync()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        return id;
    }

    private Task PartAsync(string text, string reference, int number, int total, string? id = null, string from = Theirs) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(id ?? Guid.CreateVersion7().ToString("N"), from, Ours, text, _portal.Now, new InboundPart(reference, number, total)), default);

    private Task<int> ReadDueAsync() => _portal.Get<ReadUnfinishedTexts>().ReadDueAsync(default);

    private async Task<string?> OnlyTextAsync() => Assert.Single((await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(Review: null), default)).Rows).Body;

    private async Task<ConsentStatus> StatusAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.ConsentRecords.SingleAsync()).Status;
    }
}
