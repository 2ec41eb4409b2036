using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class EvidenceTalkTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private Actor _auditor = null!;
    private Actor _officer = null!;
    private Guid _room;

    private EvidenceComments Talk => _portal.Get<EvidenceComments>();

    private VisitEvidenceRoom Visit => _portal.Get<VisitEvidenceRoom>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _auditor = await RoomScene.VisitorAsync(_portal, "Ines Laurent");
        _officer = await _portal.AddStaffAsync("Noor Haddad", [Permissions.ManageEvidenceRooms, Permissions.ViewDashboard]);
        _room = await RoomScene.OpenAsync(_portal, _auditor);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task The_auditor_asks_the_staff_answer_and_both_read_both()
    {
        await RoomScene.PeopleAsync(_portal, 3);
        var question = await RoomScene.AskAsync(_portal, _auditor, _room, EvidenceKind.Consents);
        var record = (await Visit.AnswerAsync(_auditor, question, default)).Value.Lines[0].Id;
        Assert.Null((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment("Which form was this?", question, record), default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await Talk.AddAsync(_officer, _room, new NewEvidenceComment("  The one at the counter. "), default)).Failure);

        foreach (var reader in new[] { _auditor, _officer })
        {
            var comments = (await Visit.EnterAsync(reader, _room, default)).Value.Comments;
            Assert.Equal([("Ines Laurent", true, "Which form was this?", record), ("Noor Haddad", false, "The one at the counter.", null)], comments.Select(c => (c.Author, c.IsOfVisitor, c.Text, c.Record)));
            Assert.All(comments, c => Assert.True(c.IsAsWritten));
        }

        Assert.Equal(2, (await _portal.AuditAsync("room.commented")).Count);
        Assert.Equal(2, (await _portal.AuditAsync("room.viewed")).Count);
    }

    [Fact]
    public async Task The_trail_holds_the_hash_of_the_words_and_never_the_words()
    {
        await SayAsync(_auditor, "Where are the paper forms?");
        var entry = Assert.Single(await _portal.AuditAsync("room.commented"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Where are the paper forms?"u8)), entry.GetProperty("after").GetProperty("sha256").GetString());
        Assert.DoesNotContain("paper forms", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_were_changed_in_the_database_are_found_out()
    {
        await SayAsync(_officer, "We keep them for 36 months.");
        await _portal.Database.WriteAsync(db => db.EvidenceComments.ExecuteUpdateAsync(c => c.SetProperty(x => x.Text, "We keep them for 12 months.")), default);
        Assert.False(Assert.Single((await Visit.EnterAsync(_auditor, _room, default)).Value.Comments).IsAsWritten);
    }

    [Fact]
    public async Task A_telephone_number_is_refused_and_a_date_or_the_number_of_a_record_is_not()
    {
        foreach (var number in new[] { "Look at +1 212 555 2368 please", "It was +4915112345678", "Ring (+44) 7911 123456" })
            Assert.IsType<EvidenceRoomRefused>((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment(number), default)).Failure);
        foreach (var fine in new[] { "Record 1,234,567 of 2026-11-24 17:00", "24.11.2026, version 12, hash 9f86d081884c7d65" })
            Assert.Null((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment(fine), default)).Failure);
    }

    [Fact]
    public async Task Nobody_speaks_in_a_room_that_is_shut_for_them_nor_of_a_record_that_was_not_drawn()
    {
        await RoomScene.PeopleAsync(_portal, 4);
        var question = await RoomScene.AskAsync(_portal, _auditor, _room, EvidenceKind.Consents, size: 1);
        Assert.IsType<EvidenceRoomRefused>((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment("What of this?", question, 987_654), default)).Failure);
        var stranger = await RoomScene.VisitorAsync(_portal, "Somebody else");
        Assert.IsType<EvidenceRoomClosed>((await Talk.AddAsync(stranger, _room, new NewEvidenceComment("Let me in"), default)).Failure);
        Assert.IsType<EvidenceRoomRefused>((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment(" x "), default)).Failure);
        Assert.IsType<EvidenceRoomRefused>((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment(new string('x', 2_001)), default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(14));
        Assert.IsType<EvidenceRoomClosed>((await Talk.AddAsync(_auditor, _room, new NewEvidenceComment("Too late"), default)).Failure);
        Assert.IsType<EvidenceRoomRefused>((await Talk.AddAsync(_officer, _room, new NewEvidenceComment("Too late"), default)).Failure);
        Assert.True((await Visit.EnterAsync(_officer, _room, default)).IsSuccess);
        Assert.Empty(await _portal.AuditAsync("room.commented"));
    }

    [Fact]
    public async Task Words_that_name_somebody_are_taken_out_with_a_reason_and_it_is_seen_that_they_were()
    {
        var comment = await SayAsync(_auditor, "Is this Ada Okafor?");
        await Assert.ThrowsAsync<NotPermitted>(() => Talk.TakeOutAsync(_auditor, comment, "It names a person", default));
        Assert.NotNull((await Talk.TakeOutAsync(_officer, comment, " ", default)).Failure);
        Assert.Null((await Talk.TakeOutAsync(_officer, comment, "It names a person", default)).Failure);

        var row = Assert.Single((await Visit.EnterAsync(_auditor, _room, default)).Value.Comments);
        Assert.Equal((null, "Noor Haddad", true), (row.Text, row.TakenOutBy, row.IsAsWritten));
        Assert.NotNull(row.Sha256);
        Assert.IsType<EvidenceRoomRefused>((await Talk.TakeOutAsync(_officer, comment, "Once more", default)).Failure);
        var entry = Assert.Single(await _portal.AuditAsync("room.commentTakenOut"));
        Assert.Equal(("It names a person", row.Sha256), (entry.GetProperty("reason").GetString(), entry.GetProperty("before").GetProperty("sha256").GetString()));
    }

    [Fact]
    public async Task Nobody_names_the_person_whose_record_they_write_about()
    {
        await RoomScene.PeopleAsync(_portal, 1);
        var question = await RoomScene.AskAsync(_portal, _auditor, _room, EvidenceKind.Consents);
        var record = (await Visit.AnswerAsync(_auditor, question, default)).Value.Lines.Single().Id;

        Assert.IsType<ReasonNamesPerson>((await Talk.AddAsync(_officer, _room, new NewEvidenceComment("Ms Okafor signed at the counter", question, record), default)).Failure);
        Assert.Null((await Talk.AddAsync(_officer, _room, new NewEvidenceComment("It was signed at the counter", question, record), default)).Failure);

        Assert.Single(await _portal.AuditAsync("room.commented"));
    }

    [Fact]
    public async Task The_dashboard_of_the_staff_says_that_an_auditor_waits_until_somebody_answers()
    {
        Assert.Equal(0, await WaitingAsync());
        await SayAsync(_auditor, "Where are the paper forms?");
        Assert.Equal(1, await WaitingAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(_officer, "In the record.");
        Assert.Equal(0, await WaitingAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(_auditor, "Thank you. And for how long?");
        _portal.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(0, await WaitingAsync());
    }

    private async Task<int> WaitingAsync() =>
        (await new AttentionList(_portal.Database, _portal.Get<KeptReports>(), _portal.Clock).GetAsync(_officer, default)).Where(a => a.Kind == AttentionKind.RoomWaits).Sum(a => a.Count);

    private async Task<Guid> SayAsync(Actor actor, string text)
    {
        var said = await Talk.AddAsync(actor, _room, new NewEvidenceComment(text), default);
        Assert.Null(said.Failure);
        return said.Value;
    }
}
