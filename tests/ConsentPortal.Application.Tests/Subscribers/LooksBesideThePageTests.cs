using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>Whoever sees a person somewhere else than on their page has looked at them all the same.</summary>
public sealed class LooksBesideThePageTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Opening_a_request_is_a_look_at_whose_it_is_and_loading_it_again_is_none()
    {
        var person = await _portal.AddPersonAsync();
        var id = await (await RequestDesk.OpenAsync(_portal)).ReceiveAsync(person, PrivacyRequestKind.Access);

        Assert.Equal(person, (await _portal.Get<ViewPrivacyRequest>().ExecuteAsync(_portal.Staff, id, default)).Value.SubscriberId);
        await _portal.Get<PrivacyRequestDetail>().GetAsync(_portal.Staff, id, default);

        var entry = Assert.Single(await _portal.AuditAsync("request.viewed"));
        Assert.Equal((id.ToString(), person.ToString()), (entry.GetProperty("object").GetProperty("id").GetString(), entry.GetProperty("subject").GetString()));
        Assert.Equal([(LookKind.Request, false, "Carla Mendes")], await LooksAsync(person));
    }

    [Fact]
    public async Task A_request_that_does_not_exist_is_refused_and_leaves_no_entry()
    {
        Assert.IsType<RequestNotFound>((await _portal.Get<ViewPrivacyRequest>().ExecuteAsync(_portal.Staff, PrivacyRequestId.New(_portal.Now), default)).Failure);
        Assert.Empty(await _portal.AuditAsync("request.viewed"));
    }

    [Fact]
    public async Task Whose_texts_the_inbox_shows_has_been_looked_at_once_for_a_visit()
    {
        var ada = await _portal.AddPersonAsync();
        var ben = await _portal.AddPersonAsync("+12125552369", first: "Ben");
        await _portal.ReceiveAsync(ada, "please no more of these", _portal.Now.AddMinutes(-9));
        await _portal.ReceiveAsync(ada, "leave me alone", _portal.Now.AddMinutes(-5));
        await _portal.ReceiveAsync(null, "", _portal.Now, from: "+12125552399");
        var seen = new HashSet<SubscriberId>();

        await ReadAsync(ReviewState.Waiting);
        await _portal.ReceiveAsync(ben, "who is this?", _portal.Now, ReviewState.NotNeeded, "+12125552369");
        await ReadAsync(ReviewState.Waiting);
        Assert.Equal([(LookKind.Inbox, false, "Carla Mendes")], await LooksAsync(ada));
        Assert.Empty(await LooksAsync(ben));
        await ReadAsync(null);

        Assert.Single(await LooksAsync(ada));
        Assert.Single(await LooksAsync(ben));
        Assert.Equal(2, (await _portal.AuditAsync("inbound.viewed")).Count);

        Task ReadAsync(ReviewState? state) => _portal.Get<OpenInbox>().ExecuteAsync(_portal.Staff, new InboxQuery(state), seen, default);
    }

    [Fact]
    public async Task Of_whom_nothing_is_left_to_read_the_inbox_shows_nobody()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ReceiveAsync(person, "leave me alone", _portal.Now);
        await _portal.EraseAsync(person);

        await _portal.Get<OpenInbox>().ExecuteAsync(_portal.Staff, new InboxQuery(), new HashSet<SubscriberId>(), default);

        Assert.Empty(await _portal.AuditAsync("inbound.viewed"));
    }

    [Fact]
    public async Task A_package_of_all_their_data_is_a_look_behind_the_mask()
    {
        var person = await _portal.AddPersonAsync();
        var desk = await RequestDesk.OpenAsync(_portal);
        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);

        Assert.Null((await _portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Failure);

        Assert.Equal([(LookKind.Package, true, "Carla Mendes"), (LookKind.PackageReview, true, "Carla Mendes")], await LooksAsync(person));
    }

    [Fact]
    public async Task Asking_the_trail_for_one_persons_entries_is_a_look_at_them()
    {
        var person = await _portal.AddPersonAsync();

        await _portal.Get<OpenAudit>().ExecuteAsync(_portal.Staff, default);
        Assert.Empty(await LooksAsync(person));
        await _portal.Get<OpenAudit>().ExecuteAsync(_portal.Staff, person, default);

        Assert.Equal([(LookKind.Trail, false, "Carla Mendes")], await LooksAsync(person));
    }

    [Fact]
    public async Task A_program_that_asks_where_a_number_stands_has_looked_once_in_an_hour()
    {
        var person = await _portal.AddPersonAsync();
        var lookup = _portal.Get<ConsentLookup>();
        var phone = new PhoneNumber("+12125552368", "US");

        for (var i = 0; i < 3; i++)
            await lookup.FindAsync(_portal.Staff, phone, null, default);
        await lookup.FindAsync(_portal.Staff, new PhoneNumber("+12125552399", "US"), null, default);
        Assert.Equal([(LookKind.Standing, false, "Carla Mendes")], await LooksAsync(person));
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        await lookup.FindAsync(_portal.Staff, phone, null, default);

        Assert.Equal(2, (await LooksAsync(person)).Count());
    }

    [Fact]
    public async Task A_report_about_one_person_and_their_certificate_are_looks_at_them()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        var wish = new ReportWish(MakeConsentProof.Kind, new ReportFilter(Purpose: _portal.Offers.Id, Person: person));

        Assert.Null((await _portal.Get<MakeReport>().PreviewAsync(_portal.Staff, wish, default)).Failure);
        await using var file = (await _portal.Get<MakeReport>().ExecuteAsync(_portal.Staff, wish, ReportFormats.Csv, default)).Value;
        Assert.Null((await _portal.Get<MakeConsentProof>().ExecuteAsync(_portal.Staff, new ConsentProofWish(person, _portal.Offers.Id), default)).Failure);

        var looks = await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, person, null, default);
        Assert.Equal(["Printed on a certificate of consent", "In the report \"Certificate of consent\"", "In the report \"Certificate of consent\""], looks.Entries.Select(e => e.Reason));
        Assert.All(looks.Entries, e => Assert.Equal((LookKind.Page, false), (e.Kind, e.IsReveal)));
    }

    [Fact]
    public async Task A_day_on_which_somebody_opened_far_more_requests_than_usual_stands_out()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var id = await desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);

        for (var i = 0; i < 100; i++)
            await _portal.Get<ViewPrivacyRequest>().ExecuteAsync(desk.Second, id, default);

        var looks = Assert.Single(await _portal.Get<LooksByStaff>().ListAsync(_portal.Staff, 30, default));
        Assert.Equal(("Ben Oduya", 100, false), (looks.Who, looks.Pages, Assert.Single(looks.Unusual).IsReveal));
    }

    [Fact]
    public async Task The_access_package_tells_who_opened_the_request_and_read_the_texts()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ReceiveAsync(person, "When do you open?", _portal.Now);
        var desk = await RequestDesk.OpenAsync(_portal);
        var id = await desk.VerifiedAsync(person, PrivacyRequestKind.Access);
        await _portal.Get<ViewPrivacyRequest>().ExecuteAsync(desk.Second, id, default);
        await _portal.Get<OpenInbox>().ExecuteAsync(desk.First, new InboxQuery(), new HashSet<SubscriberId>(), default);
        await desk.ReviewAsync(id);
        await _portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default);

        var files = AccessPackageTests.Unzip((await _portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes);

        var looks = JsonDocument.Parse(files["data.json"]).RootElement.GetProperty("lookedAtBy").EnumerateArray();
        Assert.Equal(
            [("Ben Oduya", "request", false), ("Carla Mendes", "inbox", false), ("Carla Mendes", "packageReview", true), ("Carla Mendes", "package", true)],
            looks.Select(look => (look.GetProperty("who").GetString(), look.GetProperty("what").GetString(), look.GetProperty("numberShown").GetBoolean())));
        var summary = PdfText.Of(files["summary.pdf"]);
        Assert.Contains("Your request about your data", summary, StringComparison.Ordinal);
        Assert.Contains("A copy of all your data", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_of_a_person_tells_what_happened_and_not_who_looked()
    {
        var person = await _portal.AddPersonAsync();
        var id = await (await RequestDesk.OpenAsync(_portal)).ReceiveAsync(person, PrivacyRequestKind.Access);
        await _portal.ReceiveAsync(person, "When do you open?", _portal.Now);
        await _portal.Get<ViewPrivacyRequest>().ExecuteAsync(_portal.Staff, id, default);
        await _portal.Get<OpenInbox>().ExecuteAsync(_portal.Staff, new InboxQuery(), new HashSet<SubscriberId>(), default);

        var page = await _portal.Get<SubscriberTimeline>().PageAsync(_portal.Staff, person, new HashSet<TimelineSource> { TimelineSource.Record }, null, default);

        Assert.Equal(["request.opened", "subscriber.added"], page.Entries.OfType<TimelineEntry.RecordChanged>().Select(e => e.Action).Order(StringComparer.Ordinal));
    }

    private async Task<IEnumerable<(LookKind, bool, string)>> LooksAsync(SubscriberId person) =>
        (await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, person, null, default)).Entries.Select(look => (look.Kind, look.IsReveal, look.Who));
}
