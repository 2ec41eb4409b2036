using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class TrackedLinksTests
{
    [Fact]
    public void Links_of_all_texts_are_numbered_once_in_their_order()
    {
        var links = TrackedLinks.In(["Come: https://shop.example/sale, or shop.example/map.", "Look at shop.example/map and https://shop.example/b"]);

        Assert.Equal([(1, "https://shop.example/sale"), (2, "shop.example/map"), (3, "https://shop.example/b")], links.Select(l => (l.Number, l.Text)));
        Assert.Equal("https://shop.example/map", links[1].Target.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://shop.example/?c={{ firstName }}")]
    [InlineData("bit.ly/abc")]
    [InlineData("https://bit.ly/abc")]
    [InlineData("http://192.0.2.7/x")]
    [InlineData("https://shop@evil.example/x")]
    public void What_is_another_address_for_each_person_or_hides_where_it_leads_stays_in_sight_and_keeps_its_number(string link)
    {
        var links = TrackedLinks.In([$"{link} https://shop.example/b"]);

        Assert.Equal([(2, "https://shop.example/b")], links.Select(l => (l.Number, l.Text)));
    }

    [Fact]
    public void A_longer_link_is_not_taken_for_a_shorter_one_and_punctuation_stays()
    {
        var text = TrackedLinks.Replace("shop.example/a, shop.example/ab! (https://shop.example/a)", link => link == "shop.example/a" ? "x.example/1" : null);

        Assert.Equal("x.example/1, shop.example/ab! (https://shop.example/a)", text);
    }

    [Theory]
    [InlineData("GET", "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1", null, 40, true)]
    [InlineData("GET", "Mozilla/5.0 (Linux; Android 16; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", null, 40, true)]
    [InlineData("HEAD", "Mozilla/5.0 (iPhone)", null, 40, false)]
    [InlineData("GET", "Mozilla/5.0 (iPhone)", null, 2, false)]
    [InlineData("GET", "Mozilla/5.0 (iPhone)", "prefetch;prerender", 40, false)]
    [InlineData("GET", "", null, 40, false)]
    [InlineData("GET", null, null, 40, false)]
    [InlineData("GET", "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0", null, 40, false)]
    [InlineData("GET", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", null, 40, false)]
    [InlineData("GET", "WhatsApp/2.23.20.0", null, 40, false)]
    [InlineData("GET", "curl/8.5.0", null, 40, false)]
    [InlineData("GET", "python-requests/2.32", null, 40, false)]
    public void People_are_told_from_programs(string method, string? userAgent, string? purpose, int seconds, bool isPerson) =>
        Assert.Equal(isPerson, new LinkVisit(method, userAgent, purpose).IsByPerson(TimeSpan.FromSeconds(seconds)));
}
