using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Audit;

public sealed class EntryPolicyTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Every_entry_names_the_policy_that_governed_at_its_time()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Policies.Add(new PolicyRow
                {
                    Version = 7, Json = JsonSerializer.Serialize(PolicyVersion.Default, ActivePolicy.Json), Reason = "Stricter", AuthorId = null, CreatedAt = _portal.Now, ActiveFrom = _portal.Now.AddHours(1),
                });
                return Task.CompletedTask;
            },
            default);
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the phone", _portal.Now), default);

        await using var db = _portal.Database.Open();
        var entries = (await db.AuditEntries.OrderBy(e => e.Id).Select(e => e.Leaf).ToListAsync()).ConvertAll(leaf => JsonDocument.Parse(leaf).RootElement);
        Assert.All(entries, e => Assert.Equal(JsonValueKind.Number, e.GetProperty("policy").ValueKind));
        Assert.Equal(1, entries.First(e => e.GetProperty("action").GetString() == "consent.granted").GetProperty("policy").GetInt32());
        Assert.Equal(7, entries.First(e => e.GetProperty("action").GetString() == "consent.withdrawn").GetProperty("policy").GetInt32());
    }
}
