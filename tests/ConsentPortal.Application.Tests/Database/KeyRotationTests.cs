using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Database;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task A_portal_that_was_running_reads_what_another_process_has_wrapped_with_a_new_key()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync(first: "Ada", last: "Okafor");
        var before = await PersonAsync(portal, id);

        // The use case loads the ring from its file; the vault of the portal still has the one that it was started with.
        var rotated = await portal.Get<RotateKeys>().ExecuteAsync(Actor.CommandLine, addsKey: true, null, default);

        var after = await PersonAsync(portal, id);
        Assert.Equal((2u, 1), (rotated.MasterKey, rotated.Rewrapped));
        Assert.NotEqual(before.WrappedKey, after.WrappedKey);
        Assert.Equal(before.ProfileSealed, after.ProfileSealed);
        Assert.Equal("Ada Okafor", portal.Get<SubscriberVault>().Open(after)!.Profile.FullName);
        Assert.Single(await portal.AuditAsync("keys.rotated"));
        // From then on it wraps with the new key itself.
        Assert.Equal(2u, portal.Get<KeyRing>().CurrentMasterKeyId);
    }

    [Fact]
    public async Task Erased_people_get_no_key_back()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync();
        await portal.EraseAsync(id);

        var rotated = await portal.Get<RotateKeys>().ExecuteAsync(Actor.CommandLine, addsKey: true, null, default);

        Assert.Equal(0, rotated.Rewrapped);
        Assert.Null((await PersonAsync(portal, id)).WrappedKey);
    }

    [Fact]
    public async Task An_interrupted_rotation_is_finished_without_another_key()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.AddPersonAsync();
        KeyRing.Rotate(portal.Get<PortalFolders>().KeyRing, portal.Now);

        var resumed = await portal.Get<RotateKeys>().ExecuteAsync(Actor.CommandLine, addsKey: false, null, default);

        Assert.Equal((2u, 1), (resumed.MasterKey, resumed.Rewrapped));
    }

    [Fact]
    public async Task Somebody_without_the_permission_rotates_nothing()
    {
        await using var portal = await PeoplePortal.OpenAsync();

        await Assert.ThrowsAsync<NotPermitted>(() => portal.Get<RotateKeys>().ExecuteAsync(Actor.Nobody, addsKey: true, null, default));
        Assert.Equal(1u, KeyRing.Load(portal.Get<PortalFolders>().KeyRing).CurrentMasterKeyId);
    }

    private static async Task<Subscriber> PersonAsync(PeoplePortal portal, Domain.Subscribers.SubscriberId id)
    {
        await using var db = portal.Database.Open();
        return await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == id);
    }
}
