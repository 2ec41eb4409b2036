using System.Text;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class ExportRequestsTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access, "=cmd and a note about Ada");
        await _desk.ReceiveAsync(await _portal.AddPersonAsync("+4915112345678", "DE", "Greta", "Lindqvist"), PrivacyRequestKind.Erasure);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task The_file_has_what_the_filter_means_and_shows_nobody_more_than_the_list()
    {
        var (all, text) = await ExportAsync(new PrivacyRequestQuery());
        var (german, _) = await ExportAsync(new PrivacyRequestQuery(Country: "DE"));
        var (found, _) = await ExportAsync(new PrivacyRequestQuery(Search: "+1 212 555 2368"));

        Assert.Equal(["DSR-2", "DSR-1"], all.Select(r => r["Request"]));
        Assert.Equal(["DSR-2"], german.Select(r => r["Request"]));
        Assert.Equal(["DSR-1"], found.Select(r => r["Request"]));
        Assert.Equal(("Erasure", "DE", "Gdpr", "2026-12-24", "yes"), (german[0]["Kind"], german[0]["Country"], german[0]["Law"], german[0]["Due on"], german[0]["Unverified"]));
        Assert.Equal("2026-12-09", found[0]["Confirm receipt by"]);
        Assert.Contains("•••", german[0]["Person"], StringComparison.Ordinal);
        foreach (var secret in new[] { "4915112345678", "2125552368", "Lindqvist", "Okafor", "Ada" })
            Assert.DoesNotContain(secret, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_ends_the_file()
    {
        var person = await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Quill");
        for (var i = 0; i < PrivacyRequestList.PageSize + 5; i++)
            Assert.True((await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_desk.First, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Phone", _portal.Now, IsSecondWanted: true), default)).IsSuccess);

        var (rows, _) = await ExportAsync(new PrivacyRequestQuery(Page: 1));

        Assert.Equal(PrivacyRequestList.PageSize + 7, rows.Count);
        Assert.Equal(PrivacyRequestList.PageSize + 5, rows.Count(r => r["Asked twice"] == "yes"));
    }

    [Fact]
    public async Task The_trail_keeps_who_took_how_many_under_which_filters_and_never_what_was_searched_for()
    {
        await ExportAsync(new PrivacyRequestQuery(Country: "DE", Search: "Lindqvist"));

        var entry = Assert.Single(await _portal.AuditAsync("request.listExported"));
        var after = entry.GetProperty("after");
        Assert.Equal((1, "DE", true), (after.GetProperty("requests").GetInt32(), after.GetProperty("country").GetString(), after.GetProperty("searched").GetBoolean()));
        Assert.DoesNotContain("Lindqvist", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_an_address_that_no_request_has_stay_out_of_the_trail()
    {
        await ExportAsync(new PrivacyRequestQuery(State: "Lindqvist", Source: "Greta Lindqvist"));

        Assert.DoesNotContain("Lindqvist", Assert.Single(await _portal.AuditAsync("request.listExported")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_only_reads_requests_takes_none_away()
    {
        var reader = await _portal.AddStaffAsync("Rita Reader", [Permissions.ViewPrivacyRequests]);
        using var bytes = new MemoryStream();

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExportRequests>().ExecuteAsync(reader, new PrivacyRequestQuery(), bytes, default));

        Assert.Equal(0, bytes.Length);
        Assert.Empty(await _portal.AuditAsync("request.listExported"));
    }

    // No field of these requests has a comma in it.
    private async Task<(IReadOnlyList<Dictionary<string, string>> Rows, string Text)> ExportAsync(PrivacyRequestQuery query)
    {
        using var bytes = new MemoryStream();
        await _portal.Get<ExportRequests>().ExecuteAsync(_desk.First, query, bytes, default);
        var text = Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\uFEFF');
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(',')).ToList();
        return ([.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(c => c.First, c => c.Second))], text);
    }
}
