using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>After the erasure nobody here knows whom to look for: what is kept of it says whether whoever searches again looks for all that is needed.</summary>
public sealed class RepeatRescanTests : IAsyncLifetime
{
    private const string Number = "+12125552368";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_number_of_another_erasure_closes_nothing()
    {
        await EraseAsync(await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Lee"));
        var list = await LeaveAsync("Ada Okafor");
        var id = await EraseAsync(await _portal.AddPersonAsync());
        File.Delete(list);

        Assert.IsType<NumberIsAnothers>((await RepeatAsync(id, ["+12125552399"], ["Ada Okafor"])).Failure);
        Assert.IsType<NumberIsAnothers>((await RepeatAsync(id, [Number, "+12125552399"], ["Ada Okafor"])).Failure);
        Assert.Equal(PrivacyRequestStatus.Failed, (await _desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task What_was_found_has_to_be_looked_for_again_and_the_certificate_tells_each_search()
    {
        var list = await LeaveAsync("okafor, ada");
        var id = await EraseAsync(await _portal.AddPersonAsync());
        Assert.Contains("the full name", (await _desk.FindAsync(id)).Outcome, StringComparison.Ordinal);

        var partial = await RepeatAsync(id, [Number]);
        Assert.Equal("the full name", Assert.IsType<SearchWouldBePartial>(partial.Failure).Missing);
        Assert.IsType<SearchWouldBePartial>((await RepeatAsync(id, [Number], ["Ada Okafra"])).Failure);
        Assert.False((await RepeatAsync(id, [Number], ["Okafor,  Ada"])).Value.IsClean);
        File.Delete(list);
        Assert.True((await RepeatAsync(id, [Number], ["ADA OKAFOR"])).Value.IsClean);

        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(id)).Status);
        await using var db = _portal.Database.Open();
        Assert.Empty(await db.ErasureTraces.ToListAsync());
        var certificate = PdfText.Of((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).Value.Bytes).Replace('\u00A0', ' ');
        Assert.Contains("1 place", certificate, StringComparison.Ordinal);
        Assert.Contains("0 places", certificate, StringComparison.Ordinal);
        Assert.DoesNotContain("Okafor", certificate, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Numbers_and_names_of_earlier_are_looked_for_and_keep_the_request_open()
    {
        var person = await _portal.AddPersonAsync("+12125552377", first: "Ada", last: "Quastenflosser");
        await RenameAsync(person, new SubscriberProfile("Ada", "Okafor", null));
        await RenumberAsync(person, Number);
        var (number, name) = (await LeaveAsync("(212) 555-2377"), await LeaveAsync("Quastenflosser, Ada"));

        var id = await EraseAsync(person);

        Assert.Contains("an earlier number, an earlier name", (await _desk.FindAsync(id)).Outcome, StringComparison.Ordinal);
        Assert.Equal("an earlier number, an earlier name", Assert.IsType<SearchWouldBePartial>((await RepeatAsync(id, [Number], ["Ada Okafor"])).Failure).Missing);
        File.Delete(number);
        File.Delete(name);
        Assert.True((await RepeatAsync(id, ["+1 212 555 2377"], ["Ada Quastenflosser"])).Value.IsClean);
        Assert.Equal(PrivacyRequestStatus.Replying, (await _desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task A_merged_record_is_looked_for_by_what_it_was_before_too()
    {
        var kept = await _portal.AddPersonAsync();
        var closed = await _portal.AddPersonAsync("+12125552377", first: "Ada", last: "Quastenflosser");
        await RenameAsync(closed, new SubscriberProfile("Ada", "Okafor", null));
        Assert.Null((await _portal.Get<MergeSubscribers>().ExecuteAsync(
            _portal.Staff, new Merge(kept, await VersionAsync(kept), closed, await VersionAsync(closed), "The same person"), default)).Failure);
        await LeaveAsync("Ada Quastenflosser");

        Assert.Contains("an earlier name", (await _desk.FindAsync(await EraseAsync(kept))).Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_was_cut_off_needs_all_of_today_and_says_what_nobody_could_say_any_more()
    {
        var person = await _portal.AddPersonAsync("+12125552377");
        await RenumberAsync(person, Number);
        var id = await EraseAsync(person, isCutOff: true);

        Assert.Equal("the full name", Assert.IsType<SearchWouldBePartial>((await RepeatAsync(id, [Number])).Failure).Missing);
        Assert.True((await RepeatAsync(id, [Number], ["Ada Okafor"])).Value.IsClean);

        var certificate = PdfText.Of((await _portal.Get<MakeErasureCertificate>().ExecuteAsync(_desk.First, id, default)).Value.Bytes).Replace('\u00A0', ' ').ReplaceLineEndings(" ");
        Assert.Contains("an earlier number", certificate[certificate.IndexOf("Not looked for", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_of_an_earlier_release_takes_only_the_number_that_this_request_stopped()
    {
        await EraseAsync(await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Lee"));
        await LeaveAsync("(212) 555-2368");
        var id = await EraseAsync(await _portal.AddPersonAsync());
        await _portal.Database.WriteAsync(db => db.ErasureTraces.ExecuteDeleteAsync(), default);

        Assert.IsType<NumberIsAnothers>((await RepeatAsync(id, ["+12125552399"])).Failure);
        Assert.False((await RepeatAsync(id, [Number])).Value.IsClean);
    }

    [Theory]
    [InlineData("Ada Okafor", null, true)]
    [InlineData(null, "Ada Maria Okafor", true)]
    [InlineData("Ada", "Okafor", true)]
    [InlineData("Okafor", null, false)]
    public void A_name_in_one_field_is_a_full_name_where_it_has_several_words(string? first, string? last, bool isSought)
    {
        var traces = PersonTraces.Of(Number, new SubscriberProfile(first, last, null));

        Assert.Equal(isSought, traces.Traces.Any(t => t.Kind == TraceKind.Name));
        Assert.Equal(isSought, traces.AreIn("To Ada Okafor.") || traces.AreIn("Okafor, Ada Maria"));
    }

    [Fact]
    public async Task What_the_provider_said_about_an_earlier_number_goes_too_unless_somebody_else_has_it_now()
    {
        var person = await _portal.AddPersonAsync("+12125552377");
        await RenumberAsync(person, "+12125552388");
        await RenumberAsync(person, Number);
        await _portal.AddPersonAsync("+12125552388", first: "Ben", last: "Lee");
        foreach (var number in new[] { "+12125552377", "+12125552388", Number })
            await SayAsync(number);

        await EraseAsync(person);

        await using var db = _portal.Database.Open();
        Assert.Equal(_portal.Get<LookupHash>().Phone("+12125552388"), (await db.ProviderVerdicts.SingleAsync()).PhoneHash);
    }

    private Task<Result<RescanReport>> RepeatAsync(PrivacyRequestId id, string[] numbers, string[]? names = null) =>
        _portal.Get<RepeatRescan>().ExecuteAsync(_desk.Second, id, new SoughtAgain(numbers, names ?? [], []), default);

    private async Task<PrivacyRequestId> EraseAsync(SubscriberId person, bool isCutOff = false)
    {
        var id = await _desk.ApprovedErasureAsync(person);
        if (!isCutOff)
        {
            Assert.Null((await _desk.EraseAsync(id)).Failure);
            return id;
        }

        // The process ends between the deletion and the search: what the search wrote is taken back.
        Assert.Null((await _desk.EraseAsync(id)).Failure);
        await _portal.Database.WriteAsync(
            async db =>
            {
                await db.AuditEntries.Where(e => e.Action == ErasureCheck.Rescanned).ExecuteDeleteAsync();
                await db.PrivacyRequests.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, PrivacyRequestStatus.Executing));
                db.ErasureTraces.AddRange(
                    PersonTraces.Of(Number, new SubscriberProfile("Ada", "Okafor", null)).With(PersonTraces.Of(["+12125552377"], [], areEarlier: true)).Traces
                        .Select(trace => ErasureTrace.Of(_portal.Get<LookupHash>(), id, trace)));
            },
            default);
        return id;
    }

    private async Task<string> LeaveAsync(string text)
    {
        var path = Path.Combine(_portal.Folder, "uploads", $"{Guid.NewGuid():N}.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, $"who\n{text}\n");
        return path;
    }

    private async Task RenameAsync(SubscriberId person, SubscriberProfile profile) => Assert.Null((await _portal.Get<EditSubscriber>().ExecuteAsync(
        _portal.Staff, person, new SubscriberEdit(await VersionAsync(person), profile, null, null, null, null, Domain.Preferences.FrequencyPreference.Every, null, "Told at the counter"), default)).Failure);

    private async Task RenumberAsync(SubscriberId person, string number) => Assert.Null((await _portal.Get<ChangeNumber>().ExecuteAsync(
        _portal.Staff, person, new NumberChange(await VersionAsync(person), new PhoneNumber(number, "US"), "Told at the counter", "Showed their card", true), default)).Failure);

    private async Task<Guid> VersionAsync(SubscriberId person)
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == person).Select(s => s.Version).SingleAsync();
    }

    private async Task SayAsync(string number) => await _portal.Database.WriteAsync(
        db =>
        {
            db.ProviderVerdicts.Add(new ProviderVerdict
            {
                PhoneHash = _portal.Get<LookupHash>().Phone(number), Sender = "+12025550111", Word = ProviderWord.Blocked, Evidence = ProviderEvidence.Barred, SaidAt = _portal.Now, RecordedAt = _portal.Now,
            });
            return Task.CompletedTask;
        },
        default);
}
