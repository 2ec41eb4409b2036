using System.Net;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>Whoever holds a certificate asks whether it is genuine, and learns nothing else.</summary>
public sealed class VerifyPageTests(OutsidePortal outside) : IClassFixture<OutsidePortal>
{
    [Fact]
    public async Task A_code_as_printed_or_as_typed_is_genuine_and_names_nobody()
    {
        var (person, file) = await CertifyAsync();
        using var browser = outside.OpenBrowser();

        foreach (var path in new[] { $"/verify/{file.Code}", $"/verify?code={file.Code.ToLowerInvariant().Replace("-", " ")}" })
        {
            var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("Genuine: this document was made here.", page.Html);
            Assert.Contains(file.Sha256, page.Html);
            Assert.Contains("Certificate of consent", page.Html);
            Assert.DoesNotContain(person.Id.ToString(), page.Html);
            Assert.DoesNotContain("Ada", page.Document.QuerySelector("main")!.TextContent);
        }
    }

    [Fact]
    public async Task A_pasted_hash_is_compared()
    {
        var (_, file) = await CertifyAsync();
        using var browser = outside.OpenBrowser();

        Assert.Contains("exactly the one that was made", (await browser.GetAsync($"/verify?code={file.Code}&sha256={file.Sha256.ToUpperInvariant()}")).Html);
        Assert.Contains("Your file is a different one", (await browser.GetAsync($"/verify?code={file.Code}&sha256={new string('0', 64)}")).Html);
    }

    [Theory]
    [InlineData("0000-0000-0000-0000")]
    [InlineData("nonsense")]
    [InlineData("%3Cscript%3E")]
    public async Task An_unknown_code_is_not_genuine(string code)
    {
        using var browser = outside.OpenBrowser();

        var page = await browser.GetAsync($"/verify/{code}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.StartsWith("Not genuine", page.Problem, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task Codes_cannot_be_tried_by_the_thousand()
    {
        using var browser = outside.OpenBrowser();
        Answer answer = null!;

        for (var i = 0; i < 61; i++)
            answer = await browser.GetAsync($"/verify/{i:D16}");

        Assert.Equal((HttpStatusCode.TooManyRequests, "A moment, please"), (answer.Status, answer.Heading));
    }

    private async Task<(Subscriber Person, ReportFile File)> CertifyAsync()
    {
        var person = await outside.AddPersonAsync();
        await outside.ConsentAsync(person);
        var made = await outside.Portal.Get<MakeConsentProof>().ExecuteAsync(Actor.Job("test"), new ConsentProofWish(person.Id, (await outside.PurposeAsync("Offers")).Id), default);
        return (person, made.Value);
    }
}
