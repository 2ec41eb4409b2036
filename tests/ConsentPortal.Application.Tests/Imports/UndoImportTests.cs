using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Imports.Undo;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class UndoImportTests
{
    private const string Ada = "+12125552368,US,Ada,yes,2025-11-03T10:15:00Z,web form";
    private const string Reason = "The wrong list was brought";

    [Fact]
    public async Task Somebody_whom_the_import_added_goes_and_can_be_imported_again()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Ada);
        var first = await ImportAsync(portal, list);

        var undone = (await UndoAsync(portal, first.BatchId)).Value;
        var second = await ImportAsync(portal, list);

        Assert.Equal(ImportUndone.Nothing with { Retracted = 1, Removed = 1 }, undone);
        Assert.Equal(1, second.Summary.New);
        await using var db = portal.Database.Open();
        var removed = await db.Subscribers.SingleAsync(s => s.ErasedAt != null);
        Assert.Equal((null, null, null), (removed.WrappedKey, removed.PhoneHash, removed.ProfileSealed));
        Assert.False(await db.SearchWords.AnyAsync(t => t.SubscriberId == removed.Id));
        Assert.Equal(ConsentStatus.None, (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == removed.Id)).Status);
        Assert.Equal([ConsentEventKind.Granted, ConsentEventKind.Retracted], await db.ConsentEvents.Where(e => e.SubscriberId == removed.Id).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_a_legal_hold_is_on_keeps_key_and_evidence(bool isOnPurpose)
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Ada);
        var import = await ImportAsync(portal, list);
        var id = await OnlyAsync(portal);
        Assert.True((await portal.Get<PlaceLegalHold>().ExecuteAsync(
            portal.Staff, isOnPurpose ? new NewLegalHold(null, portal.Offers.Id, "Claim announced", null) : new NewLegalHold(id, null, "Claim announced", null), default)).IsSuccess);

        var undone = (await UndoAsync(portal, import.BatchId)).Value;

        Assert.Equal((0, 1), (undone.Removed, undone.KeptPeople));
        await using var db = portal.Database.Open();
        Assert.NotNull((await db.Subscribers.SingleAsync()).WrappedKey);
        Assert.True(await db.ConsentEvents.AnyAsync(e => e.EvidenceSealed != null));
    }

    [Fact]
    public async Task A_withdrawal_made_since_stands()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Ada);
        var import = await ImportAsync(portal, list);
        var id = await OnlyAsync(portal);
        await portal.Get<WithdrawConsent>().ExecuteAsync(portal.Staff, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Keyword, ConsentChannel.Keyword, "Texted STOP", portal.Now), default);

        var undone = (await UndoAsync(portal, import.BatchId)).Value;

        Assert.Equal(ImportUndone.Nothing with { KeptPeople = 1 }, undone);
        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.True(await db.Suppressions.AnyAsync(s => s.LiftedAt == null));
    }

    [Fact]
    public async Task A_no_of_the_list_stays_in_force()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of("+12125552368,US,Ada,no,,web form");
        var import = await ImportAsync(portal, list);

        var undone = (await UndoAsync(portal, import.BatchId)).Value;

        Assert.Equal(1, undone.KeptRefusals);
        await using var db = portal.Database.Open();
        Assert.True(await db.Suppressions.AnyAsync(s => s.LiftedAt == null && s.Scope == SuppressionScope.All));
    }

    [Fact]
    public async Task Values_are_put_back_one_by_one_and_those_changed_since_are_kept()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync("+12125552368", first: "Ada", last: "Okafor");
        using var list = new ListFile("Mobile,First,Last,Lang,Size\n+12125552368,Adah,Okafore,fr,41\n");
        var import = await ImportAsync(portal, list, "phone=Mobile,firstName=First,lastName=Last,language=Lang,attr:Size=Size", withPurpose: false);
        await EditAsync(portal, id, "Adele");

        var undone = (await UndoAsync(portal, import.BatchId)).Value;

        Assert.Equal((3, 1), (undone.Restored, undone.KeptValues));
        await using var db = portal.Database.Open();
        var person = await db.Subscribers.SingleAsync();
        Assert.Equal(new SubscriberProfile("Adele", "Okafor", "K-1"), portal.Get<SubscriberVault>().Open(person)!.Profile);
        Assert.Null(person.Language);
        Assert.Empty(await db.SubscriberAttributes.ToListAsync());
    }

    [Fact]
    public async Task A_list_is_read_value_by_value_kept_as_its_type_and_put_back()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var id = await portal.AddPersonAsync("+12125552368");
        using var first = new ListFile("Mobile,Likes\n+12125552368,red; blue;Red\n");
        using var second = new ListFile("Mobile,Likes\n+12125552368,green\n");
        await ImportAsync(portal, first, "phone=Mobile,attr.list:Likes=Likes", withPurpose: false);
        var import = await ImportAsync(portal, second, "phone=Mobile,attr:Likes=Likes", withPurpose: false);
        Assert.Equal((AttributeType.List, "green"), await LikesAsync());

        await UndoAsync(portal, import.BatchId);

        Assert.Equal((AttributeType.List, "red; blue"), await LikesAsync());
        Assert.IsType<AttributeOfOtherType>((await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, second.Request(ColumnMap.Parse("phone=Mobile,attr.flag:likes=Likes").Value), ImportWatch.None, default)).Failure);

        async Task<(AttributeType, string)> LikesAsync()
        {
            var value = Assert.Single((await portal.Get<SubscriberDetail>().GetAsync(portal.Staff, id, default)).Value.Attributes);
            return (value.Type, ValueList.Words(value.Text!));
        }
    }

    [Fact]
    public async Task Taking_back_twice_changes_nothing_more()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Ada);
        var import = await ImportAsync(portal, list);
        await UndoAsync(portal, import.BatchId);

        Assert.IsType<ImportUndoneAlready>((await UndoAsync(portal, import.BatchId)).Failure);
    }

    [Fact]
    public async Task After_thirty_days_an_import_stays()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var list = ListFile.Of(Ada);
        var import = await ImportAsync(portal, list);
        portal.Clock.Advance(UndoImport.Window + TimeSpan.FromMinutes(1));

        Assert.IsType<ImportTooOld>((await UndoAsync(portal, import.BatchId)).Failure);
    }

    private static async Task<ImportResult> ImportAsync(PeoplePortal portal, ListFile list, string? map = null, bool withPurpose = true)
    {
        var request = list.Request(map is null ? null : ColumnMap.Parse(map).Value);
        if (withPurpose)
            request = request with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id };
        return (await portal.Get<ImportSubscribers>().ExecuteAsync(portal.Staff, request, ImportWatch.None, default)).Value;
    }

    private static Task<Domain.Result<ImportUndone>> UndoAsync(PeoplePortal portal, ImportBatchId id) =>
        portal.Get<UndoImport>().ExecuteAsync(portal.Staff, id, Reason, default);

    private static async Task<SubscriberId> OnlyAsync(PeoplePortal portal)
    {
        await using var db = portal.Database.Open();
        return (await db.Subscribers.SingleAsync()).Id;
    }

    private static async Task EditAsync(PeoplePortal portal, SubscriberId id, string firstName)
    {
        await using var db = portal.Database.Open();
        var person = await db.Subscribers.SingleAsync(s => s.Id == id);
        var profile = portal.Get<SubscriberVault>().Open(person)!.Profile with { FirstName = firstName };
        var edit = new SubscriberEdit(person.Version, profile, person.Language, person.DeclaredRegion, person.DeclaredState, person.DeclaredZone, FrequencyPreference.Every, null, "They told us by phone");
        Assert.True((await portal.Get<EditSubscriber>().ExecuteAsync(portal.Staff, id, edit, default)).IsSuccess);
    }
}
