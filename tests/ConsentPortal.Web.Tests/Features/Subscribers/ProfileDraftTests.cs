using ConsentPortal.Web.Features.Subscribers;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

/// <summary>A state that no rule knows would cost the person the protection of its rules.</summary>
public sealed class ProfileDraftTests
{
    [Theory]
    [InlineData("US", "Pennsylvania", "PA")]
    [InlineData("US", " fl ", "FL")]
    [InlineData("CA", "Québec", "QC")]
    [InlineData("IT", "mi", "MI")]
    [InlineData("US", " ", null)]
    public void A_state_is_kept_by_the_code_that_rules_know(string country, string written, string? code)
    {
        var draft = new ProfileDraft { Country = country, State = written };

        Assert.Equal((null, code), (draft.WhyNot, draft.StateCode));
    }

    [Theory]
    [InlineData("US", "PENNSYLV", "United States has no PENNSYLV.")]
    [InlineData("CA", "FL", "Canada has no FL.")]
    [InlineData("IT", "Lombardia", "Write the state by its code of at most 8 characters")]
    public void A_state_that_its_country_has_not_is_refused_and_named(string country, string written, string why) =>
        Assert.StartsWith(why, new ProfileDraft { Country = country, State = written }.WhyNot, StringComparison.Ordinal);

    [Fact]
    public void A_state_wants_its_country() =>
        Assert.Equal("Choose the country to which the state belongs.", new ProfileDraft { State = "FL" }.WhyNot);
}
