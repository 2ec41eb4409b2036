using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>The clock that stands, the letters, and who is known well enough.</summary>
public sealed class RequestDeskTests : IAsyncLifetime
{
    private const string Briton = "+447700900123";
    private const string German = "+4915112345678";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    [Trait("Rule", "UK-02")]
    public async Task In_Britain_the_last_day_moves_by_the_days_for_which_the_person_was_asked()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(Briton, "GB"), PrivacyRequestKind.Access);
        var before = (await _desk.FindAsync(id)).DueOn;

        Assert.Null((await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Clarification, "Which years do you mean?", null, default)).Failure);
        await _desk.SendAsync(id);
        _portal.Clock.Advance(TimeSpan.FromDays(40));
        var standing = (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;
        var overdue = await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(IsOverdue: true), default);
        Assert.Null((await _portal.Get<ResumeRequest>().ExecuteAsync(_desk.First, id, default)).Failure);

        // 24 December and 40 days.
        Assert.Equal((new DateOnly(2026, 12, 24), new DateOnly(2027, 2, 2), new DateOnly(2027, 2, 2)), (before, standing.DueOn, (await _desk.FindAsync(id)).DueOn));
        Assert.Equal((new DateOnly(2026, 11, 24), LetterKind.ClarityQuestion), (standing.PausedOn, standing.Letters.Single().Kind));
        Assert.Contains("Which years do you mean?", standing.Letters[0].Text, StringComparison.Ordinal);
        Assert.Empty(overdue.Rows);
        Assert.Single(await _portal.AuditAsync("request.paused"));
        Assert.Single(await _portal.AuditAsync("request.resumed"));
    }

    [Fact]
    [Trait("Rule", "UK-02")]
    public async Task In_Britain_the_clock_starts_when_the_person_has_shown_who_they_are()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(Briton, "GB"), PrivacyRequestKind.Erasure);
        await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Identity, "Please call us from your number", null, default);
        await _desk.SendAsync(id);
        _portal.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Null((await _desk.VerifyAsync(id)).Failure);

        var request = await _desk.FindAsync(id);
        Assert.Equal((new DateOnly(2027, 1, 4), (DateOnly?)null), (request.DueOn, request.PausedOn));
    }

    [Fact]
    [Trait("Rule", "CA-03")]
    public async Task In_California_the_clock_never_stands_and_no_letter_is_kept_for_it()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);

        var refused = await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Identity, "Please call us", null, default);

        Assert.IsType<ClockRunsOn>(refused.Failure);
        Assert.Empty((await ViewAsync(id)).Letters);
        Assert.Null((await _desk.FindAsync(id)).PausedOn);
    }

    [Fact]
    public async Task Nothing_is_answered_while_the_clock_stands()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(Briton, "GB"), PrivacyRequestKind.Access);
        await _portal.Get<PauseRequest>().ExecuteAsync(_desk.First, id, PauseCause.Clarification, "Which years do you mean?", null, default);
        await _desk.SendAsync(id);

        Assert.IsType<ClockStands>((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nothing is held", default)).Failure);
        Assert.IsType<ClockStands>((await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Many records", default)).Failure);
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public async Task More_time_and_a_refusal_bring_their_letters_in_the_persons_language()
    {
        var person = await _portal.AddPersonAsync(German, "DE");
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.Language, "de-AT")), default);
        var id = await _desk.ReceiveAsync(person, PrivacyRequestKind.Access);

        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, id, "Sehr viele Nachrichten", default);
        await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Wir haben keine Daten", new LetterWords("fr"), default);

        var letters = (await ViewAsync(id)).Letters;
        Assert.Equal([(LetterKind.Denial, "fr"), (LetterKind.Extension, "de")], letters.Select(l => (l.Kind, l.Language)));
        Assert.Contains("24. Februar 2027", letters[1].Text, StringComparison.Ordinal);
        Assert.Contains("Sehr viele Nachrichten", letters[1].Text, StringComparison.Ordinal);
        Assert.Contains("l'autorité de protection des données du pays", letters[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_whose_letter_is_unusable_does_not_happen()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);

        Assert.IsType<LetterUnusable>((await _portal.Get<DenyRequest>().ExecuteAsync(_desk.First, id, "Nothing is held", new LetterWords("en", "No."), default)).Failure);

        Assert.True((await _desk.FindAsync(id)).IsOpen);
    }

    [Fact]
    public async Task A_letter_is_kept_as_it_was_edited_printed_and_marked_as_sent_once()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, new LetterWords("en", "We have it\n\nDear Ada, it is here."), default)).Failure);
        var letter = (await ViewAsync(id)).Letters.Single();

        var pdf = (await _portal.Get<PrintLetter>().ExecuteAsync(_desk.First, letter.Id, asText: false, default)).Value;
        var sent = await _portal.Get<MarkLetterSent>().ExecuteAsync(_desk.First, letter.Id, new DateOnly(2026, 11, 24), default);
        var again = await _portal.Get<MarkLetterSent>().ExecuteAsync(_desk.First, letter.Id, new DateOnly(2026, 11, 24), default);

        Assert.Contains("Dear Ada, it is here.", PdfText.Of(pdf.Bytes), StringComparison.Ordinal);
        Assert.True(sent.IsSuccess);
        Assert.IsType<LetterSentAlready>(again.Failure);
        Assert.Equal(new DateOnly(2026, 11, 24), (await ViewAsync(id)).Letters.Single().SentOn);
        Assert.DoesNotContain((await ViewAsync(id)).Entries, e => e.Text.Contains("Ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_words_of_letters_go_with_the_persons_data_and_that_they_were_sent_stays()
    {
        var id = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync());
        await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Acknowledgement, null, default);

        Assert.True((await _desk.EraseAsync(id)).IsSuccess);
        Assert.IsType<LetterIsFixed>((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Completion, new LetterWords("en", "Goodbye, Ada Okafor"), default)).Failure);
        Assert.Null((await _portal.Get<WriteLetter>().ExecuteAsync(_desk.First, id, LetterKind.Completion, new LetterWords("es"), default)).Failure);

        var letters = (await ViewAsync(id)).Letters;
        Assert.Equal((LetterKind.Acknowledgement, null), (letters[1].Kind, letters[1].Text));
        Assert.Contains("Sus datos están borrados", letters[0].Text, StringComparison.Ordinal);
        await using var db = _portal.Database.Open();
        Assert.All(await db.PrivacyRequestLetters.ToListAsync(), l => Assert.Null(l.TextSealed));
    }

    [Fact]
    public void Every_language_has_every_letter() => Assert.All(["es", "fr", "de"], language => Assert.Equal(LetterTexts.In("en").Keys.Order(), LetterTexts.In(language).Keys.Order()));

    [Fact]
    public async Task California_gives_specific_pieces_only_to_whoever_is_known_by_three_facts()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        var verify = _portal.Get<VerifyRequester>();

        Assert.Equal(IdentityLevel.ThreeFacts, Assert.IsType<IdentityTooWeak>((await verify.ExecuteAsync(_desk.First, id, "Two matching facts", null, default)).Failure).Lowest);
        Assert.Null((await verify.ExecuteAsync(_desk.First, id, "Three matching facts and a signed declaration", null, default)).Failure);
    }

    [Fact]
    public async Task What_a_member_of_staff_saw_is_said_in_a_note()
    {
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(German, "DE"), PrivacyRequestKind.Access);
        var verify = _portal.Get<VerifyRequester>();

        Assert.IsType<WitnessNoteNeeded>((await verify.ExecuteAsync(_desk.First, id, "Recognised by a member of staff", " ", default)).Failure);
        Assert.Null((await verify.ExecuteAsync(_desk.First, id, "Recognised by a member of staff", "Regular of the Kiel store", default)).Failure);
    }

    [Fact]
    public async Task A_code_counts_only_when_the_portal_texted_it_and_it_was_read_back()
    {
        var person = await _portal.AddPersonAsync(German, "DE");
        var id = await _desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var verify = _portal.Get<VerifyRequester>();

        Assert.IsType<CodeNotReadBack>((await verify.ExecuteAsync(_desk.First, id, IdentityTable.ByCode.Name, null, default)).Failure);
        Assert.Null((await _portal.Get<TextRequestCode>().ExecuteAsync(_desk.First, id, default)).Failure);
        var code = await CodeAsync(person);
        Assert.IsType<CodeRefused>((await _portal.Get<ReadPreferenceCode>().ExecuteAsync(Domain.Staff.Actor.Subscriber(person.ToString(), null), person, code, default)).Failure);
        Assert.IsType<CodeRefused>((await _portal.Get<ReadRequestCode>().ExecuteAsync(_desk.First, id, code == "123456" ? "123457" : "123456", default)).Failure);
        Assert.Null((await _portal.Get<ReadRequestCode>().ExecuteAsync(_desk.First, id, code, default)).Failure);
        Assert.IsType<CodeRefused>((await _portal.Get<ReadRequestCode>().ExecuteAsync(_desk.First, id, code, default)).Failure);

        Assert.Null((await verify.ExecuteAsync(_desk.First, id, IdentityTable.ByCode.Name, null, default)).Failure);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_after_five_wrong_tries_or_ten_minutes()
    {
        var person = await _portal.AddPersonAsync(German, "DE");
        var id = await _desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var read = _portal.Get<ReadRequestCode>();
        await _portal.Get<TextRequestCode>().ExecuteAsync(_desk.First, id, default);
        var code = await CodeAsync(person);
        for (var i = 0; i < PreferenceCodes.MostAttempts; i++)
            await read.ExecuteAsync(_desk.First, id, code == "000000" ? "000001" : "000000", default);
        Assert.IsType<CodeRefused>((await read.ExecuteAsync(_desk.First, id, code, default)).Failure);

        await _portal.Get<TextRequestCode>().ExecuteAsync(_desk.First, id, default);
        _portal.Clock.Advance(PreferenceCodes.Lifetime);
        Assert.IsType<CodeRefused>((await read.ExecuteAsync(_desk.First, id, await CodeAsync(person), default)).Failure);
        Assert.Null((await _desk.FindAsync(id)).NumberProvenAt);
    }

    [Fact]
    public async Task Days_are_those_of_the_organisation()
    {
        await _portal.Database.WriteAsync(db => Task.FromResult(db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = """{"name":"Aurora","zone":"Asia/Tokyo"}""" })), default);
        // 17:00 UTC is 2 o'clock on the 25th in Tokyo.
        var id = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);

        Assert.Equal(new DateOnly(2026, 11, 25).AddDays(45), (await _desk.FindAsync(id)).DueOn);
        Assert.Equal(new DateTimeOffset(2027, 1, 9, 14, 59, 59, TimeSpan.Zero), (await ViewAsync(id)).DueAt);
    }

    [Fact]
    public async Task The_queue_shows_what_is_mine_unverified_asked_twice_or_due_by_a_day()
    {
        var person = await _portal.AddPersonAsync();
        var first = await _desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var second = (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_desk.First, new NewPrivacyRequest(person, PrivacyRequestKind.Access, PrivacyRegime.Gdpr, "Letter", _portal.Now, IsSecondWanted: true), default)).Value;
        await _desk.VerifyAsync(second);
        var me = await StaffedAsync();
        Assert.Null((await _portal.Get<AssignRequest>().ExecuteAsync(_desk.First, second, me, default)).Failure);
        Assert.IsType<WorkerUnknown>((await _portal.Get<AssignRequest>().ExecuteAsync(_desk.First, first, Guid.NewGuid(), default)).Failure);

        var all = await PageAsync(new PrivacyRequestQuery());
        var mine = await PageAsync(new PrivacyRequestQuery(AssigneeId: me));
        var soon = await PageAsync(new PrivacyRequestQuery(DueBy: new DateOnly(2026, 12, 24)));
        var latest = await PageAsync(new PrivacyRequestQuery(ByDueDay: false));

        Assert.Equal([(second, false, true), (first, true, true)], all.Select(r => (r.Id, r.IsUnverified, r.HasTwin)));
        Assert.Equal([(second, "Dana Kern")], mine.Select(r => (r.Id, r.Assignee!)));
        Assert.Equal([second], soon.Select(r => r.Id));
        Assert.Equal([second, first], latest.Select(r => r.Id));
    }

    /// <returns>Somebody whose role in the database lets them work on requests.</returns>
    private async Task<Guid> StaffedAsync()
    {
        var staff = Guid.Parse((await _portal.AddStaffAsync("Dana Kern", [])).Id);
        await _portal.Database.WriteAsync(
            db =>
            {
                var role = new Application.Staff.StaffRole { Id = Guid.CreateVersion7(), Name = "Requests", NormalizedName = "REQUESTS", Purpose = "Requests" };
                db.Roles.Add(role);
                db.RoleClaims.Add(new() { RoleId = role.Id, ClaimType = Application.Staff.StaffRole.PermissionClaim, ClaimValue = Domain.Staff.Permissions.HandlePrivacyRequests });
                db.UserRoles.Add(new() { RoleId = role.Id, UserId = staff });
                return Task.CompletedTask;
            },
            default);
        return staff;
    }

    private async Task<IReadOnlyList<PrivacyRequestRow>> PageAsync(PrivacyRequestQuery query) => (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, query, default)).Rows;

    private async Task<PrivacyRequestView> ViewAsync(PrivacyRequestId id) => (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;

    private async Task<string> CodeAsync(SubscriberId person)
    {
        await using var db = _portal.Database.Open();
        var row = await db.Subscribers.SingleAsync(s => s.Id == person);
        var body = await db.OutboundMessages.Where(m => m.SubscriberId == person && m.Kind == MessageKind.OneTimeCode).OrderByDescending(m => m.Id).Select(m => m.BodySealed).FirstAsync();
        var words = _portal.Get<SubscriberVault>().OpenField(person, row.WrappedKey, body, SealedField.MessageBody)!;
        return System.Text.RegularExpressions.Regex.Match(words, @"\b\d{6}\b").Value;
    }
}
