using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent.Linting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Demo;

public sealed class DemoWordingTests
{
    [Fact]
    public async Task The_demo_shows_no_wording_that_the_linter_would_refuse()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, "Before")), default);
        var shop = await new DemoPurposes(portal.Database).AddAsync(portal.Now, default);

        var refused =
            from demo in shop.All
            from wording in demo.Wordings.Values
            from finding in WordingLinter.Check(demo.Purpose, new WordingTexts(wording.Language, wording.Text, wording.DoubleOptInPrompt, wording.Confirmation, wording.HelpReply, wording.StopReply))
            where finding.Forbids
            select $"{demo.Purpose.Name} {wording.Language}: {finding.Sentence}";
        Assert.Empty(refused);
    }
}
