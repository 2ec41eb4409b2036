using Microsoft.Playwright;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>Every page in light and dark, on a desk and on a telephone: no script error, nothing that axe objects to, nothing wider than the screen.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageTourTests(PortalBrowser portal, ITestOutputHelper output)
{
    private static readonly (string Name, string Path, string Email)[] Pages =
    [
        ("dashboard", "/", "compliance@demo.example"),
        ("imports", "/imports", "marketer@demo.example"),
        ("import-new", "/imports/new", "marketer@demo.example"),
        ("segments", "/segments", "marketer@demo.example"),
        ("segment-new", "/segments/new", "marketer@demo.example"),
        ("campaigns", "/campaigns", "marketer@demo.example"),
        ("campaign-new", "/campaigns/new", "marketer@demo.example"),
        ("test-number", "/campaigns/test-number", "marketer@demo.example"),
        ("subscribers", "/subscribers", "compliance@demo.example"),
        ("subscriber-add", "/subscribers/add", "marketer@demo.example"),
        ("suppressions", "/suppressions", "compliance@demo.example"),
        ("suppression-add", "/suppressions/add", "compliance@demo.example"),
        ("reassigned", "/suppressions/reassigned", "compliance@demo.example"),
        ("templates", "/templates", "marketer@demo.example"),
        ("template-new", "/templates/new", "marketer@demo.example"),
        ("provider-differences", "/provider-differences", "compliance@demo.example"),
        ("provider-list", "/provider-differences/list", "compliance@demo.example"),
        ("texts-in-doubt", "/texts-in-doubt", "marketer@demo.example"),
        ("consent-register", "/consent-register?status=all", "compliance@demo.example"),
        ("purposes", "/purposes", "compliance@demo.example"),
        ("inbox", "/inbox", "compliance@demo.example"),
        ("inbox-to-check", "/inbox?state=to-check", "compliance@demo.example"),
        ("inbox-simulator", "/inbox/simulator", "compliance@demo.example"),
        ("privacy-requests", "/privacy-requests", "compliance@demo.example"),
        ("privacy-requests-closed", "/privacy-requests?show=closed", "compliance@demo.example"),
        ("privacy-request-new", "/privacy-requests/new", "compliance@demo.example"),
        ("retention", "/retention", "compliance@demo.example"),
        ("breaches", "/breaches", "compliance@demo.example"),
        ("breach-new", "/breaches/new", "compliance@demo.example"),
        ("audit", "/audit", "auditor@demo.example"),
        ("reports", "/reports", "compliance@demo.example"),
        ("report-make", "/reports/make/opt-in-sources?show=yes", "compliance@demo.example"),
        ("reports-kept", "/reports/kept", "compliance@demo.example"),
        ("reports-for-me", "/reports/kept?for=me", "compliance@demo.example"),
        ("report-schedules", "/reports/schedules", "compliance@demo.example"),
        ("looks", "/looks", "compliance@demo.example"),
        ("evidence-rooms", "/evidence-rooms", "compliance@demo.example"),
        ("evidence", "/evidence", "auditor@demo.example"),
        ("policy", "/policy", "compliance@demo.example"),
        ("policy-change", "/policy/change", "compliance@demo.example"),
        ("policy-versions", "/policy/versions", "auditor@demo.example"),
        ("policy-version", "/policy/versions/1", "auditor@demo.example"),
        ("staff", "/staff", "admin@demo.example"),
        ("organisation", "/settings/organisation", "admin@demo.example"),
        ("prices", "/settings/prices", "admin@demo.example"),
        ("load-prices", "/settings/prices/load", "admin@demo.example"),
        ("sending-limits", "/settings/sending-limits", "admin@demo.example"),
        ("sending-limit-new", "/settings/sending-limits/new", "admin@demo.example"),
        ("api-keys", "/settings/api-keys", "admin@demo.example"),
        ("api-key-new", "/settings/api-keys/new", "admin@demo.example"),
        ("components", "/dev/components", "admin@demo.example"),
        ("phone", "/dev/phone", "support@demo.example"),
    ];

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    [InlineData(true, 390)]
    public async Task Every_page_is_whole(bool isDark, int width)
    {
        var problems = new List<string>();
        foreach (var group in Pages.GroupBy(p => p.Email))
        {
            await using var visit = await portal.SignInAsync(group.Key, isDark, width);
            foreach (var (name, path, _) in group)
            {
                await visit.GoAsync(path);
                await visit.LookAsync($"{name}-{(isDark ? "dark" : "light")}-{width}");
            }

            problems.AddRange(visit.Problems);
        }

        problems.AddRange(await FirstOfEachListAsync(isDark, width));
        problems.Distinct().ToList().ForEach(output.WriteLine);
        Assert.Empty(problems);
    }

    /// <summary>The page of one thing, reached as a person reaches it: by the first link of its list.</summary>
    private async Task<IReadOnlyList<string>> FirstOfEachListAsync(bool isDark, int width)
    {
        var problems = new List<string>();
        await using var officer = await portal.SignInAsync("compliance@demo.example", isDark, width);
        await using var auditor = await portal.SignInAsync("auditor@demo.example", isDark, width);
        foreach (var (name, list, visit) in new[]
        {
            ("subscriber", "/subscribers", officer), ("purpose", "/purposes", officer), ("privacy-request", "/privacy-requests", officer), ("campaign", "/campaigns", officer), ("segment", "/segments", officer),
            ("breach", "/breaches", officer), ("evidence-room", "/evidence", auditor), ("staff-room", "/evidence-rooms", officer),
        })
        {
            await visit.GoAsync(list);
            var heading = visit.Page.Locator("h1").First;
            var before = await heading.InnerTextAsync();
            await visit.Page.Locator($"main a[href^='{list}/']:not([href$='/new']):not([href$='/add']):not([href$='.csv'])").First.ClickAsync();
            await visit.Page.WaitForURLAsync($"**{list}/*-*");
            // The address changes before the page does.
            await Assertions.Expect(heading).Not.ToHaveTextAsync(before);
            await visit.LookAsync($"{name}-{(isDark ? "dark" : "light")}-{width}");
        }

        await PackageReviewAsync(officer, $"{(isDark ? "dark" : "light")}-{width}");
        problems.AddRange(officer.Problems);
        problems.AddRange(auditor.Problems);
        return problems;
    }

    /// <summary>A request that waits for its package: the letter that has not left, and what the package would hold.</summary>
    private static async Task PackageReviewAsync(Visit visit, string look)
    {
        await visit.GoAsync("/privacy-requests?kind=access&status=verified&letter=true");
        await visit.Page.Locator("tbody a.num").First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Review what it would hold" }).WaitForAsync();
        await visit.ClickAsync("Withdraw it");
        await visit.LookAsync($"letter-withdrawn-{look}");
        await visit.ClickAsync("Change it");
        await visit.LookAsync($"letter-changed-{look}");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Review what it would hold" }).ClickAsync();
        await visit.SeeAsync("Confirm the review");
        await visit.LookAsync($"package-review-{look}");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Comments of staff and auditors" }).ClickAsync();
        await visit.SeeAsync("Goes out as:");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Withhold: " }).First.ClickAsync();
        await visit.LookAsync($"package-review-comments-{look}");
    }

    /// <summary>What people outside see: without a session, in the mode that their device asks for, and by the link that staff hand out.</summary>
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    [InlineData(true, 390)]
    public async Task Every_page_for_people_outside_is_whole(bool isDark, int width)
    {
        var problems = new List<string>();
        var link = await PreferenceLinkAsync();
        await using var visit = await portal.OpenAsync(isDark, width);
        foreach (var (name, path) in new[]
        {
            ("join", "/join/offers"), ("join-german", "/join/offers?lang=de"), ("join-sent", "/join/offers/sent"), ("code", "/preferences"), ("preferences", link), ("preferences-french", link + "?lang=fr"), ("verify", "/verify"), ("data-request", "/data-request"), ("data-request-sent", "/data-request/sent"),
        })
        {
            await visit.GoAsync(path);
            await visit.LookAsync($"public-{name}-{(isDark ? "dark" : "light")}-{width}");
        }

        problems.AddRange(visit.Problems);
        problems.Distinct().ToList().ForEach(output.WriteLine);
        Assert.Empty(problems);
    }

    private async Task<string> PreferenceLinkAsync()
    {
        await using var staff = await portal.SignInAsync("marketer@demo.example");
        await staff.GoAsync("/subscribers");
        await staff.Page.Locator("main a[href^='/subscribers/']:not([href$='/add'])").First.ClickAsync();
        await staff.Page.WaitForURLAsync("**/subscribers/*-*");
        await staff.GoAsync($"{new Uri(staff.Page.Url).AbsolutePath}?tab=profile");
        await staff.ClickAsync("Show the link");
        var link = await staff.Page.GetByLabel("Link to the preference page").InputValueAsync();
        await staff.ShootAsync("subscriber-profile-link-light-1280");
        return new Uri(link).AbsolutePath;
    }

    [Fact]
    public async Task The_sign_in_page_is_whole()
    {
        await using var visit = await portal.OpenAsync();
        await visit.GoAsync("/account/sign-in");
        await visit.ShootAsync("sign-in-light-1280");
        Assert.Empty(await visit.AxeAsync());
        Assert.Empty(visit.Problems);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Sign in");
    }
}
