using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class EvidenceRoomTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private Actor _auditor = null!;

    private Application.Reports.Rooms.EvidenceRooms Rooms => _portal.Get<Application.Reports.Rooms.EvidenceRooms>();

    private VisitEvidenceRoom Visit => _portal.Get<VisitEvidenceRoom>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _auditor = await VisitorAsync("Ines Laurent");
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_room_is_open_from_its_begin_until_its_end_and_to_its_auditor_alone()
    {
        var room = await OpenAsync(from: _portal.Now.AddHours(1), until: _portal.Now.AddHours(3));
        Assert.IsType<EvidenceRoomClosed>((await Visit.EnterAsync(_auditor, room, default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Autumn audit", (await Visit.EnterAsync(_auditor, room, default)).Value.Room.Name);
        Assert.IsType<EvidenceRoomClosed>((await Visit.EnterAsync(await VisitorAsync("Somebody else"), room, default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.True((await Visit.EnterAsync(_auditor, room, default)).IsSuccess);
        _portal.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<EvidenceRoomClosed>((await Visit.EnterAsync(_auditor, room, default)).Failure);
    }

    [Fact]
    public async Task A_closed_room_shows_nothing_more_of_a_question_that_was_open()
    {
        var room = await OpenAsync();
        await PeopleAsync(3);
        var question = await AskAsync(room, EvidenceKind.Consents);
        var line = (await Visit.AnswerAsync(_auditor, question, default)).Value.Lines[0];
        Assert.Null((await Rooms.CloseAsync(_portal.Staff, room, "The audit is over", default)).Failure);

        Assert.IsType<EvidenceRoomClosed>((await Visit.EnterAsync(_auditor, room, default)).Failure);
        Assert.IsType<EvidenceRoomClosed>((await Visit.AnswerAsync(_auditor, question, default)).Failure);
        Assert.IsType<EvidenceRoomClosed>((await Visit.ItemAsync(_auditor, question, line.Id, default)).Failure);
        Assert.IsType<EvidenceRoomClosed>((await Visit.AskAsync(_auditor, room, new NewEvidenceQuestion("More", EvidenceKind.Texts, "s", 1), default)).Failure);
        Assert.IsType<EvidenceRoomRefused>((await Rooms.CloseAsync(_portal.Staff, room, "Once more", default)).Failure);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_sample_whatever_is_recorded_afterwards()
    {
        var room = await OpenAsync();
        await PeopleAsync(12);
        var question = await AskAsync(room, EvidenceKind.Consents, size: 5);
        var first = (await Visit.AnswerAsync(_auditor, question, default)).Value;
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await PeopleAsync(12, from: 100);

        var again = (await Visit.AnswerAsync(_auditor, question, default)).Value;

        Assert.Equal((12, 5), (first.Population, first.Lines.Count));
        Assert.Equal(first.Population, again.Population);
        Assert.Equal(first.Lines.Select(l => l.Id), again.Lines.Select(l => l.Id));
        Assert.Equal(24, (await Visit.AnswerAsync(_auditor, await AskAsync(room, EvidenceKind.Consents, size: 5), default)).Value.Population);
    }

    [Fact]
    public async Task Everything_in_a_room_is_masked_and_a_record_comes_with_its_proof()
    {
        var room = await OpenAsync();
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.SealAsync();
        var question = await AskAsync(room, EvidenceKind.Consents);
        var line = Assert.Single((await Visit.AnswerAsync(_auditor, question, default)).Value.Lines);

        var item = (await Visit.ItemAsync(_auditor, question, line.Id, default)).Value;

        Assert.Equal("+1 212 ••• 2368", line.Person);
        var facts = item.Blocks.OfType<ReportBlock.Facts>().SelectMany(f => f.Lines).ToList();
        Assert.Contains(facts, f => f is { Label: "IP address", Value: "Kept; not shown in an evidence room" });
        Assert.Contains(item.Blocks, b => b is ReportBlock.Quote { Text: "I agree that Aurora may text me offers." });
        var all = System.Text.Json.JsonSerializer.Serialize(item.Blocks.Select(b => (object)b)) + line;
        foreach (var personal in new[] { "2125552368", "Okafor", "203.0.113.7" })
            Assert.DoesNotContain(personal, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_comes_with_its_decision_and_one_not_sent_with_its_reason()
    {
        var room = await OpenAsync();
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        var sent = await _portal.SendAsync(person, _portal.Now.AddHours(-1));
        var skipped = await _portal.SendAsync(person, _portal.Now.AddHours(-1), MessageState.Skipped);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == skipped).ExecuteUpdateAsync(m => m.SetProperty(x => x.Reason, nameof(SendReason.QuietHours)).SetProperty(x => x.Rule, "US-09")
                .SetProperty(x => x.DecidedAt, _portal.Now.AddHours(-1)).SetProperty(x => x.DecisionKind, (int)DecisionKind.Block)),
            default);

        var texts = (await Visit.AnswerAsync(_auditor, await AskAsync(room, EvidenceKind.Texts), default)).Value;
        var question = await AskAsync(room, EvidenceKind.NotSent);
        var not = (await Visit.AnswerAsync(_auditor, question, default)).Value;

        Assert.Equal(sent, Assert.Single(texts.Lines).Id);
        Assert.Equal((skipped, "Not sent: quiet hours (US-09)"), (Assert.Single(not.Lines).Id, not.Lines[0].What));
        Assert.NotNull((await Visit.ItemAsync(_auditor, question, skipped, default)).Value.Decision);
    }

    [Fact]
    public async Task All_sends_inside_quiet_hours_are_those_that_reached_a_clock_at_night_masked_and_with_their_decision()
    {
        var room = await OpenAsync();
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        // It is noon in New York.
        var (night, early) = (await _portal.SendAsync(person, _portal.Now.AddHours(-14)), await _portal.SendAsync(person, _portal.Now.AddHours(-3).AddMinutes(-1)));
        await _portal.SendAsync(person, _portal.Now.AddHours(-3));
        await _portal.SendAsync(person, _portal.Now.AddHours(-1));
        await _portal.SendAsync(person, _portal.Now.AddHours(-14), MessageState.Skipped);
        await _portal.SendAsync(person, _portal.Now.AddHours(-14), messageClass: MessageClass.Transactional);
        await _portal.SendAsync(person, _portal.Now.AddDays(-40).AddHours(-14));

        var question = await AskAsync(room, EvidenceKind.InQuietHours);
        var answer = (await Visit.AnswerAsync(_auditor, question, default)).Value;
        var item = (await Visit.ItemAsync(_auditor, question, night, default)).Value;

        Assert.Equal([night, early], answer.Lines.Select(l => l.Id).Order());
        Assert.Equal(2, answer.Population);
        Assert.All(answer.Lines, line => Assert.Contains("•••", line.Person!, StringComparison.Ordinal));
        Assert.Equal((night, person), (item.Id, item.PersonId));
        Assert.Contains(item.Blocks.OfType<ReportBlock.Facts>().Single().Lines, fact => fact.Label == "Inside quiet hours" && fact.Value.StartsWith("left at Mon 22:00, outside US-09: Mon–Fri 08:00–21:00", StringComparison.Ordinal));
        Assert.Equal(2, Assert.Single(await _portal.AuditAsync("room.sampleViewed")).GetProperty("after").GetProperty("population").GetInt32());
        Assert.Equal("inQuietHours", Assert.Single(await _portal.AuditAsync("room.asked")).GetProperty("after").GetProperty("kind").GetString());
        Assert.Single(await _portal.AuditAsync("room.itemViewed"));
    }

    [Fact]
    public async Task A_send_is_inside_quiet_hours_by_the_rules_of_its_place_and_class_and_the_sample_says_which()
    {
        var room = await OpenAsync();
        var (miami, paris, dubai) = (await _portal.AddPersonAsync("+13053581000"), await _portal.AddPersonAsync("+33612345678", "FR"), await _portal.AddPersonAsync("+971501234567", "AE"));
        // Monday, half past eight in the evening in Miami; Sunday noon and Saturday noon in Paris; Monday, half past seven in the morning in Dubai.
        var evening = await _portal.SendAsync(miami, new DateTimeOffset(2026, 11, 24, 1, 30, 0, TimeSpan.Zero));
        var sunday = await _portal.SendAsync(paris, new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));
        await _portal.SendAsync(paris, new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero));
        await _portal.SendAsync(dubai, new DateTimeOffset(2026, 11, 23, 3, 30, 0, TimeSpan.Zero));

        var answer = (await Visit.AnswerAsync(_auditor, await AskAsync(room, EvidenceKind.InQuietHours), default)).Value;

        var what = answer.Lines.ToDictionary(line => line.Id, line => line.What);
        Assert.Equal([evening, sunday], what.Keys.Order());
        Assert.Contains("left at Mon 20:30, outside ST-FL: Mon–Fri 08:00–20:00", what[evening], StringComparison.Ordinal);
        Assert.Contains("left at Sun 12:00, outside FR: Mon–Fri 08:00–20:00, Sat 08:00–20:00, Sun none, holidays none", what[sunday], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_look_is_in_the_trail_and_a_record_in_that_of_its_person()
    {
        var room = await OpenAsync();
        var person = (await PeopleAsync(1))[0];
        var question = await AskAsync(room, EvidenceKind.Consents);
        await Visit.EnterAsync(_auditor, room, default);
        var line = (await Visit.AnswerAsync(_auditor, question, default)).Value.Lines[0];
        await Visit.ItemAsync(_auditor, question, line.Id, default);

        foreach (var action in new[] { "room.opened", "room.viewed", "room.asked", "room.sampleViewed", "room.itemViewed" })
            Assert.Single(await _portal.AuditAsync(action));
        var look = Assert.Single((await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, person, null, default)).Entries);
        Assert.Equal((LookKind.Evidence, false, "Ines Laurent"), (look.Kind, look.IsReveal, look.Who));
    }

    [Fact]
    public async Task A_room_is_no_way_to_look_at_whom_one_likes()
    {
        var room = await OpenAsync();
        await PeopleAsync(6);
        var question = await AskAsync(room, EvidenceKind.Consents, size: 2);
        var drawn = (await Visit.AnswerAsync(_auditor, question, default)).Value.Lines.Select(l => l.Id).ToHashSet();
        await using var db = _portal.Database.Open();
        var other = (await db.ConsentEvents.Select(e => e.Id).ToListAsync()).First(id => !drawn.Contains(id));
        Assert.IsType<EvidenceRoomRefused>((await Visit.ItemAsync(_auditor, question, other, default)).Failure);
        Assert.Empty(await _portal.AuditAsync("room.itemViewed"));
    }

    [Fact]
    public async Task Records_outside_the_days_or_the_purpose_of_a_room_are_in_no_sample()
    {
        await PeopleAsync(2);
        var day = DateOnly.FromDateTime(_portal.Now.UtcDateTime);
        var other = await _portal.AddPurposeAsync("News");
        foreach (var (first, last, purpose, expected) in new[] { (day, day, (PurposeId?)null, 2), (day.AddDays(-9), day.AddDays(-1), null, 0), (day.AddDays(1), day.AddDays(1), null, 0), (day, day, other.Id, 0), (day, day, _portal.Offers.Id, 2) })
        {
            var room = (await Rooms.OpenAsync(_portal.Staff, new NewEvidenceRoom("Days", Guid.Parse(_auditor.Id), null, _portal.Now.AddDays(1), first, last, purpose), default)).Value;
            Assert.Equal(expected, (await Visit.AnswerAsync(_auditor, await AskAsync(room, EvidenceKind.Consents), default)).Value.Population);
        }
    }

    [Fact]
    public async Task The_days_of_a_room_are_those_of_the_organisation_when_it_was_opened()
    {
        await SetZoneAsync("Asia/Tokyo");
        // 17:00 UTC on the 24th is 2 o'clock on the 25th in Tokyo.
        await PeopleAsync(2);
        var day = DateOnly.FromDateTime(_portal.Now.UtcDateTime).AddDays(1);
        async Task<Guid> OpenAsync(DateOnly of) => (await Rooms.OpenAsync(_portal.Staff, new NewEvidenceRoom("Days", Guid.Parse(_auditor.Id), null, _portal.Now.AddDays(1), of, of, null), default)).Value;
        var (before, on) = (await OpenAsync(day.AddDays(-1)), await OpenAsync(day));
        await SetZoneAsync("America/New_York");

        Assert.Equal(0, (await Visit.AnswerAsync(_auditor, await AskAsync(before, EvidenceKind.Consents), default)).Value.Population);
        Assert.Equal(2, (await Visit.AnswerAsync(_auditor, await AskAsync(on, EvidenceKind.Consents), default)).Value.Population);
        Assert.All((await Rooms.ListAsync(_portal.Staff, default)).Where(r => r.Name == "Days"), r => Assert.Equal("Asia/Tokyo", r.Zone));
    }

    private async Task SetZoneAsync(string zone) => await _portal.Database.WriteAsync(
        async db =>
        {
            await db.PortalSettings.Where(s => s.Name == PortalSetting.Organisation).ExecuteDeleteAsync();
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = $$"""{"name":"Aurora","zone":"{{zone}}"}""" });
            return true;
        },
        default);

    [Fact]
    public async Task Rooms_without_end_for_oneself_or_for_somebody_who_may_not_visit_are_refused()
    {
        var (day, me, visitor) = (DateOnly.FromDateTime(_portal.Now.UtcDateTime), Guid.Parse(_portal.Staff.Id), Guid.Parse(_auditor.Id));
        NewEvidenceRoom wish = new("Audit", visitor, null, _portal.Now.AddDays(1), day, day, null);
        foreach (var refused in new[] { wish with { VisitorId = me }, wish with { Until = _portal.Now }, wish with { Until = _portal.Now.AddDays(90).AddTicks(1) }, wish with { LastDay = day.AddDays(-1) }, wish with { Name = " " } })
            Assert.IsType<EvidenceRoomRefused>((await Rooms.OpenAsync(_portal.Staff, refused, default)).Failure);
        var clerk = await _portal.AddStaffAsync("A clerk", []);
        Assert.IsType<EvidenceRoomRefused>((await Rooms.OpenAsync(_portal.Staff, wish with { VisitorId = Guid.Parse(clerk.Id) }, default)).Failure);
        Assert.Equal(["Ines Laurent"], (await Rooms.VisitorsAsync(_portal.Staff, default)).Select(v => v.Name));
        Assert.Empty(await _portal.AuditAsync("room.opened"));
    }

    private Task<Actor> VisitorAsync(string name) => RoomScene.VisitorAsync(_portal, name);

    private Task<Guid> OpenAsync(DateTimeOffset? from = null, DateTimeOffset? until = null) => RoomScene.OpenAsync(_portal, _auditor, from, until);

    private Task<Guid> AskAsync(Guid room, EvidenceKind kind, int size = 20) => RoomScene.AskAsync(_portal, _auditor, room, kind, size);

    private Task<IReadOnlyList<Domain.Subscribers.SubscriberId>> PeopleAsync(int count, int from = 0) => RoomScene.PeopleAsync(_portal, count, from);
}
