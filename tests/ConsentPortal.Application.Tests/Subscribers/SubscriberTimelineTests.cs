using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class SubscriberTimelineTests : IAsyncLifetime
{
    private static readonly HashSet<TimelineSource> Everything = [];

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task All_four_ledgers_stand_in_one_line_newest_first()
    {
        var id = await _portal.AddPersonAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.ConsentAsync(id);
        await _portal.SendAsync(id, _portal.Now.AddMinutes(2), body: "Boots are half price");
        await _portal.ReceiveAsync(id, "who is this", _portal.Now.AddMinutes(3));
        await _portal.SendAsync(id, _portal.Now.AddDays(3), MessageState.Planned);

        var page = await PageAsync(id);

        Assert.Equal(
            [TimelineSource.TextOut, TimelineSource.TextIn, TimelineSource.TextOut, TimelineSource.Consent, TimelineSource.TextOut, TimelineSource.Record],
            page.Entries.Select(e => e.Source));
        Assert.Equal("who is this", Assert.IsType<TimelineEntry.TextReceived>(page.Entries[1]).Body);
        Assert.Equal("Boots are half price", Assert.IsType<TimelineEntry.TextSent>(page.Entries[2]).Body);
        Assert.Equal(("Offers", 1), Consent(page.Entries[3]));
        Assert.Equal("subscriber.added", Assert.IsType<TimelineEntry.RecordChanged>(page.Entries[5]).Action);
    }

    [Fact]
    public async Task A_visit_to_the_page_is_no_part_of_the_persons_history()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<OpenSubscriber>().ExecuteAsync(_portal.Staff, id, default);

        var entry = Assert.Single((await PageAsync(id)).Entries);

        Assert.Equal("subscriber.added", Assert.IsType<TimelineEntry.RecordChanged>(entry).Action);
    }

    [Fact]
    public async Task Pages_join_without_gap_or_overlap_even_when_everything_happened_at_once()
    {
        var id = await _portal.AddPersonAsync();
        var at = _portal.Now.AddHours(1);
        for (var i = 0; i < 35; i++)
        {
            await _portal.SendAsync(id, at);
            await _portal.ReceiveAsync(id, "ok", at);
        }

        var first = await PageAsync(id);
        var second = await PageAsync(id, first.Next);

        Assert.Equal(SubscriberTimeline.PageSize, first.Entries.Count);
        Assert.Null(second.Next);
        var places = first.Entries.Concat(second.Entries).Select(e => (e.Source, e.Place.Id)).ToList();
        Assert.Equal(71, places.Count);
        Assert.Equal(71, places.Distinct().Count());
    }

    [Fact]
    public async Task A_filter_reads_only_the_ledgers_that_were_asked_for()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        var page = await _portal.Get<SubscriberTimeline>().PageAsync(_portal.Staff, id, new HashSet<TimelineSource> { TimelineSource.Consent }, null, default);

        Assert.All(page.Entries, e => Assert.Equal(TimelineSource.Consent, e.Source));
        Assert.Single(page.Entries);
    }

    [Fact]
    public async Task Words_of_an_erased_person_stay_closed()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.SendAsync(id, _portal.Now, body: "Boots are half price");
        await _portal.ReceiveAsync(id, "who is this", _portal.Now);
        await _portal.EraseAsync(id);

        var page = await PageAsync(id);
        var conversation = await _portal.Get<SubscriberConversation>().PageAsync(_portal.Staff, id, null, default);

        Assert.All(page.Entries.OfType<TimelineEntry.TextSent>(), e => Assert.Null(e.Body));
        Assert.All(page.Entries.OfType<TimelineEntry.TextReceived>(), e => Assert.Null(e.Body));
        Assert.All(conversation.Texts, t => Assert.Null(t.Body));
    }

    [Fact]
    public async Task A_conversation_reads_from_old_to_new_and_leaves_out_what_was_never_sent()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ReceiveAsync(id, "JOIN", _portal.Now.AddMinutes(-3));
        await _portal.SendAsync(id, _portal.Now.AddMinutes(-2), MessageState.Failed);
        await _portal.SendAsync(id, _portal.Now.AddMinutes(-1), MessageState.Skipped);

        var texts = (await _portal.Get<SubscriberConversation>().PageAsync(_portal.Staff, id, null, default)).Texts;

        Assert.Equal(2, texts.Count);
        Assert.IsType<ConversationText.In>(texts[0]);
        Assert.Equal(MessageState.Failed, Assert.IsType<ConversationText.Out>(texts[1]).State);
    }

    [Fact]
    public async Task Decisions_list_what_was_not_sent_as_well()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.SendAsync(id, _portal.Now.AddMinutes(-2));
        await _portal.SendAsync(id, _portal.Now.AddMinutes(-1), MessageState.Skipped);

        var rows = (await _portal.Get<SubscriberDecisions>().PageAsync(_portal.Staff, id, null, default)).Rows;

        Assert.Equal([MessageState.Skipped, MessageState.Delivered], rows.Select(r => r.State));
    }

    private static (string, int?) Consent(TimelineEntry entry)
    {
        var consent = Assert.IsType<TimelineEntry.ConsentChanged>(entry);
        return (consent.Purpose, consent.WordingVersion);
    }

    private Task<TimelinePage> PageAsync(SubscriberId id, TimelineCursor? after = null) =>
        _portal.Get<SubscriberTimeline>().PageAsync(_portal.Staff, id, Everything, after, default);
}
