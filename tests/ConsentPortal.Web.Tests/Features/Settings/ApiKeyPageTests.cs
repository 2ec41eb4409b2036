using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Settings;

public sealed class ApiKeyPageTests : StaffPageTest
{
    [Fact]
    public async Task A_new_key_is_shown_once_and_only_its_hash_is_kept()
    {
        await SignInAsync(RoleBundle.Administrator);
        var page = Render<NewApiKeyPage>();
        Assert.True(page.WaitForElement(".reasoned button").HasAttribute("disabled"));

        await page.Find("input[placeholder='Web shop']").InputAsync(new ChangeEventArgs { Value = "Till 4" });
        await page.Find(".scopes input").ChangeAsync(new ChangeEventArgs { Value = true });
        await page.WaitForElement(".reasoned button:not([disabled])").ClickAsync(new());

        var secret = page.WaitForElement("input[aria-label='The key']").GetAttribute("value")!;
        Assert.Matches("^cp_[A-Za-z0-9_-]{43}$", secret);
        await using var db = Database.Open();
        var kept = await db.ApiKeys.SingleAsync();
        Assert.Equal(("Till 4", secret[..10], Permissions.RecordConsent), (kept.Name, kept.Prefix, kept.Scopes));
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == "apiKey.created");
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(entry.Leaf), StringComparison.Ordinal);
        Assert.DoesNotContain(secret[10..], Render<ApiKeysPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_revoked_at_the_second_word()
    {
        await SignInAsync(RoleBundle.Administrator);
        var key = await MakeAsync([Permissions.ViewPolicy]);
        var page = Render<ApiKeysPage>();

        await page.WaitForElement("tbody button").ClickAsync(new());
        Assert.NotNull(await Get<ApiKeyActors>().FindAsync(key.Secret, new ActorOrigin("1", null), default));
        await page.Find("tbody button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Revoked", page.Markup, StringComparison.Ordinal));
        Assert.Null(await Get<ApiKeyActors>().FindAsync(key.Secret, new ActorOrigin("1", null), default));
    }

    [Fact]
    public async Task Without_keys_the_page_says_the_next_step()
    {
        await SignInAsync(RoleBundle.Administrator);

        Assert.Contains("Make the first key", Render<ApiKeysPage>().Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Permissions.RevealNumbers)]
    [InlineData(Permissions.ManageStaff)]
    [InlineData(Permissions.ManageOwnPreferences)]
    public async Task A_key_carries_only_what_the_api_asks_for(string permission)
    {
        var made = await Get<CreateApiKey>().ExecuteAsync(Everybody, new ApiKeyDraft("Till", [permission], null), default);

        Assert.Equal(nameof(ApiKeyDraft.Scopes), Assert.IsType<FieldRefused>(made.Failure).Field);
    }

    private async Task<NewApiKey> MakeAsync(string[] scopes) => (await Get<CreateApiKey>().ExecuteAsync(Everybody, new ApiKeyDraft("Web shop", scopes, null), default)).Value;
}
