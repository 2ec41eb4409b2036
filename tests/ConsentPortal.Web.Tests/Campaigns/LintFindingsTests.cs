using Bunit;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Campaigns;

public sealed class LintFindingsTests : ComponentTest
{
    private static readonly LintFinding Brand = new(
        RuleBook.Find("CT-04")!, LintSeverity.Blocks, "The text does not name Aurora.", "Name it.", new LintFix("Begin with the brand", "{{ brand }}: hello"));

    private static readonly LintFinding Offer = new(RuleBook.Find("C-02")!, LintSeverity.Warns, "\"20% off\" is promotional.", "Leave it out.") { NeedsConfirmation = true, Countries = ["FR"] };

    [Fact]
    public void A_finding_names_its_rule_its_source_and_its_countries()
    {
        var list = Render<LintFindings>(p => p.Add(c => c.Findings, [Offer]));

        Assert.Contains("C-02", list.Markup);
        Assert.Contains("CTIA Messaging Principles, Exhibit II", list.Markup);
        Assert.Contains("for FR", list.Markup);
    }

    [Fact]
    public void One_click_asks_for_the_mend()
    {
        LintFinding? asked = null;
        var list = Render<LintFindings>(p => p.Add(c => c.Findings, [Brand]).Add(c => c.OnFix, (LintFinding finding) => asked = finding));

        list.Find("button").Click();

        Assert.Equal(Brand, asked);
    }

    [Fact]
    public void Where_nothing_can_be_changed_no_mend_is_offered() => Assert.Empty(Render<LintFindings>(p => p.Add(c => c.Findings, [Brand])).FindAll("button"));

    [Fact]
    public void Only_what_the_linter_supposes_can_be_ticked()
    {
        (string Rule, bool IsConfirmed)? ticked = null;
        var list = Render<LintFindings>(p => p.Add(c => c.Findings, [Brand, Offer]).Add(c => c.OnConfirm, ((string, bool) tick) => ticked = tick));

        Assert.Single(list.FindAll("input[type=checkbox]")).Change(true);

        Assert.Equal(("C-02", true), ticked);
    }

    [Fact]
    public void The_approver_reads_who_let_a_finding_stand()
    {
        var list = Render<LintFindings>(p => p.Add(c => c.Findings, [Offer]).Add(c => c.Confirmed, ["C-02"]).Add(c => c.ConfirmedBy, "Mara"));

        Assert.Contains("Mara looked at it and let it stand", list.Markup);
        Assert.Empty(list.FindAll("input"));
    }

    [Fact]
    public void A_text_without_findings_says_so() => Assert.Contains("No rule objects to the words", Render<LintFindings>(p => p.Add(c => c.Findings, [])).Markup);
}
