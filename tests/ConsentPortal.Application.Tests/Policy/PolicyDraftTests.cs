using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Policy;

public sealed class PolicyDraftTests : IAsyncLifetime
{
    private PolicyDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await PolicyDesk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_draft_begins_as_a_copy_of_what_governs_and_governs_nothing()
    {
        var version = await _desk.StartAsync();

        var view = await _desk.ViewAsync(version);
        Assert.Equal((2, PolicyStatus.Draft, 1, "Fewer evening texts", "Mara Lindt"), (version, view.Status, view.BaseVersion, view.Reason, view.Author));
        Assert.Equal(PolicySettings.Of(PolicyVersion.Default).Preset, view.Policy.Preset);
        Assert.Equal(1, (await ActiveAsync()).Number);
        Assert.Equal("policy.drafted", (await _desk.Portal.AuditAsync("policy.drafted")).Single().GetProperty("action").GetString());
    }

    [Fact]
    public async Task There_is_one_draft_at_a_time()
    {
        var version = await _desk.StartAsync();

        Assert.Equal(new DraftIsOpen(version), (await _desk.Portal.Get<StartPolicyDraft>().ExecuteAsync(_desk.Second, "Another idea", default)).Failure);
        await _desk.Portal.Get<AbandonPolicyDraft>().ExecuteAsync(_desk.Second, version, "Not needed", default);
        Assert.Equal(3, await _desk.StartAsync(_desk.Second));
        Assert.Equal(PolicyStatus.Abandoned, (await _desk.ViewAsync(version)).Status);
    }

    [Fact]
    public async Task An_edit_is_kept_with_before_and_after_and_ends_the_simulation_and_the_request()
    {
        var version = await _desk.AskedAsync();
        Assert.True((await _desk.ViewAsync(version)).IsSimulated);

        Assert.Null((await _desk.EditAsync(version, s => s with { MaxParts = 4 })).Failure);

        var view = await _desk.ViewAsync(version);
        Assert.Equal((PolicyStatus.Draft, false, true), (view.Status, view.IsSimulated, view.Simulation is not null));
        var entry = (await _desk.Portal.AuditAsync("policy.edited"))[^1];
        Assert.Equal((10, 4), (entry.GetProperty("before").GetProperty("maxParts").GetInt32(), entry.GetProperty("after").GetProperty("maxParts").GetInt32()));
        Assert.False(entry.GetProperty("before").TryGetProperty("preset", out _));
        Assert.IsType<SimulationNeeded>((await _desk.ActivateAsync(version)).Failure);
    }

    [Fact]
    public async Task Wrong_settings_are_named_in_sentences_and_nothing_is_kept()
    {
        var version = await _desk.StartAsync();
        var before = (await _desk.ViewAsync(version)).Hash;

        var refused = await _desk.EditAsync(version, s => s with { MaxParts = 0, DispatchGuard = TimeSpan.FromMinutes(61), Establishment = "ZZ" });

        var problems = Assert.IsType<PolicyRefused>(refused.Failure).Problems;
        Assert.Equal([PolicyField.DispatchGuard, PolicyField.MaxParts, PolicyField.Establishment], problems.Select(p => p.Field));
        Assert.Equal(before, (await _desk.ViewAsync(version)).Hash);
    }

    [Fact]
    public async Task An_edit_of_an_older_text_of_the_draft_is_refused()
    {
        var version = await _desk.StartAsync();
        var old = await _desk.ViewAsync(version);
        await _desk.EditAsync(version, s => s with { MaxParts = 4 });

        var late = await _desk.Portal.Get<EditPolicyDraft>().ExecuteAsync(_desk.Second, version, old.Hash!, PolicySettings.Of(old.Policy) with { MaxParts = 5 }, default);

        Assert.IsType<DraftChangedMeanwhile>(late.Failure);
    }

    [Fact]
    public async Task A_second_person_activates_and_the_rules_change_at_once()
    {
        var version = await _desk.AskedAsync();

        Assert.Null((await _desk.ActivateAsync(version)).Failure);

        var policy = await ActiveAsync();
        Assert.Equal((version, new TimeOnly(11, 0)), (policy.Number, policy.Countries["US"].To));
        var entry = (await _desk.Portal.AuditAsync("policy.activated")).Single();
        Assert.Equal(("Fewer evening texts", _desk.Second.Id), (entry.GetProperty("reason").GetString(), entry.GetProperty("actor").GetProperty("id").GetString()));
        Assert.Equal(["Past", "Active"], (await VersionsAsync()).OrderBy(v => v.Number).Select(v => v.Status.ToString()));
    }

    [Fact]
    public async Task Nobody_who_wrote_in_it_or_asked_for_it_activates_it()
    {
        var writer = await _desk.Portal.AddStaffAsync("Third", [.. PermissionCatalogue.All.Select(p => p.Permission)]);
        var version = await _desk.StartAsync();
        await _desk.EditAsync(version, PolicyDesk.MorningsOnly, by: writer);
        await _desk.SimulateAsync(version);
        var asker = await _desk.Portal.AddStaffAsync("Fourth", [.. PermissionCatalogue.All.Select(p => p.Permission)]);
        Assert.Null((await _desk.AskAsync(version, asker)).Failure);

        foreach (var own in new[] { _desk.Author, writer, asker })
            Assert.IsType<OtherPersonNeeded>((await _desk.ActivateAsync(version, own)).Failure);
        Assert.Null((await _desk.ActivateAsync(version)).Failure);
    }

    [Fact]
    public async Task No_job_and_no_program_writes_or_activates_a_policy()
    {
        var version = await _desk.AskedAsync();
        var job = Actor.Job("night");

        Assert.IsType<StaffWritesPolicy>((await _desk.ActivateAsync(version, job)).Failure);
        Assert.IsType<StaffWritesPolicy>((await _desk.EditAsync(version, s => s with { MaxParts = 3 }, job)).Failure);
        Assert.IsType<StaffWritesPolicy>((await _desk.Portal.Get<StartPolicyDraft>().ExecuteAsync(Actor.CommandLine, "From a script", default)).Failure);
    }

    [Fact]
    public async Task What_the_second_person_did_not_see_is_not_activated()
    {
        var version = await _desk.AskedAsync();

        Assert.IsType<DraftChangedMeanwhile>((await _desk.Portal.Get<ActivatePolicy>().ExecuteAsync(_desk.Second, version, "another text", null, default)).Failure);
    }

    [Fact]
    public async Task A_draft_without_simulation_or_without_change_asks_nobody()
    {
        var version = await _desk.StartAsync();

        Assert.IsType<NothingChanged>((await _desk.AskAsync(version)).Failure);
        await _desk.EditAsync(version, s => s with { MaxParts = 3 });
        Assert.IsType<SimulationNeeded>((await _desk.AskAsync(version)).Failure);
        await _desk.SimulateAsync(version);
        Assert.IsType<NotAskedYet>((await _desk.ActivateAsync(version)).Failure);
    }

    [Fact]
    public async Task A_policy_of_a_later_day_governs_from_that_instant_and_can_be_taken_back_before()
    {
        var version = await _desk.AskedAsync();
        var from = _desk.Portal.Now.AddDays(2);
        Assert.Null((await _desk.ActivateAsync(version, from: from)).Failure);

        Assert.Equal((1, PolicyStatus.Scheduled), ((await ActiveAsync()).Number, (await _desk.ViewAsync(version)).Status));
        Assert.IsType<DraftIsOpen>((await _desk.Portal.Get<StartPolicyDraft>().ExecuteAsync(_desk.Author, "Meanwhile", default)).Failure);
        Assert.Null((await _desk.Portal.Get<TakeBackActivation>().ExecuteAsync(_desk.Author, version, "Too early", default)).Failure);
        Assert.IsType<NotAskedYet>((await _desk.ActivateAsync(version)).Failure);

        await _desk.AskAsync(version);
        Assert.Null((await _desk.ActivateAsync(version, from: from)).Failure);
        _desk.Portal.Clock.SetUtcNow(from.AddTicks(-1));
        Assert.Equal(1, (await ActiveAsync()).Number);
        _desk.Portal.Clock.SetUtcNow(from);
        Assert.Equal(version, (await ActiveAsync()).Number);
        Assert.IsType<GovernsAlready>((await _desk.Portal.Get<TakeBackActivation>().ExecuteAsync(_desk.Author, version, "Too late", default)).Failure);
    }

    [Fact]
    public async Task A_policy_begins_neither_in_the_past_nor_in_years()
    {
        var version = await _desk.AskedAsync();

        Assert.IsType<BeginsTooEarly>((await _desk.ActivateAsync(version, from: _desk.Portal.Now.AddMinutes(-1))).Failure);
        Assert.IsType<BeginsTooLate>((await _desk.ActivateAsync(version, from: _desk.Portal.Now.AddDays(400))).Failure);
    }

    [Fact]
    public async Task An_abandoned_draft_stays_and_can_neither_be_edited_nor_activated()
    {
        var version = await _desk.AskedAsync();
        Assert.IsType<ReasonNeeded>((await _desk.Portal.Get<AbandonPolicyDraft>().ExecuteAsync(_desk.Author, version, " ", default)).Failure);
        Assert.Null((await _desk.Portal.Get<AbandonPolicyDraft>().ExecuteAsync(_desk.Author, version, "Counsel says no", default)).Failure);

        Assert.Equal(new PolicyIsNoDraft(version), (await _desk.ActivateAsync(version)).Failure);
        Assert.Equal(new PolicyIsNoDraft(version), (await _desk.EditAsync(version, s => s with { MaxParts = 3 })).Failure);
        Assert.Equal("Counsel says no", (await _desk.Portal.AuditAsync("policy.abandoned")).Single().GetProperty("reason").GetString());
    }

    private Task<PolicyVersion> ActiveAsync() => _desk.Portal.Get<ActivePolicy>().AtAsync(_desk.Author, _desk.Portal.Now, default);

    private Task<IReadOnlyList<PolicyView>> VersionsAsync() => _desk.Portal.Get<PolicyVersions>().ListAsync(_desk.Author, default);
}
