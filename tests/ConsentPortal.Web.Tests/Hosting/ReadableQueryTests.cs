using System.Net;
using System.Reflection;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>Addresses are typed by hand, cut short by mail programs and kept for years.</summary>
public sealed class ReadableQueryTests
{
    [Fact]
    public async Task An_address_whose_part_cannot_be_read_opens_the_page_without_it()
    {
        await using var portal = await StartedPortal.StartAsync("Development");
        using var browser = portal.OpenBrowser();

        var broken = await browser.GetAsync("/campaigns?status=draft&page=abc&search=B%26B");
        Assert.Equal((HttpStatusCode.Redirect, "/campaigns?status=draft&search=B%26B"), (broken.Status, broken.Location));
        Assert.Equal("/segments/new", (await browser.GetAsync("/segments/new?person=abc")).Location);
        // A stranger is asked to sign in for what can be read.
        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync("/campaigns?page=2")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_type_a_page_takes_from_its_address_can_be_told_from_nonsense()
    {
        var pages = typeof(ReadableQueries).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToArray();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => ReadableQueries.Unreadable(page, new EveryPart()));
    }

    /// <summary>A query that has whatever it is asked for, and each time nonsense.</summary>
    private sealed class EveryPart : IQueryCollection
    {
        public int Count => 0;

        public ICollection<string> Keys => [];

        public StringValues this[string key] => "nonsense";

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out StringValues value)
        {
            value = "nonsense";
            return true;
        }

        public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, StringValues>>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
