using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Segments;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Segments;

/// <summary>What is offered while somebody writes the value of an attribute that three people have.</summary>
public sealed class AttributeValueFieldTests : StaffPageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string _text = "";

    [Fact]
    public async Task The_values_that_people_have_are_offered_and_any_other_may_be_written()
    {
        var field = await OpenAsync(AttributeType.Text, "gold");

        Assert.Equal(["gold"], await OfferedAsync(field, "g"));
        await field.Find("input").InputAsync("platinum");
        await field.Find("input").BlurAsync();

        field.WaitForAssertion(() => Assert.Equal("platinum", _text), Patience);
    }

    [Fact]
    public async Task Of_a_list_the_value_that_is_being_written_is_completed_and_those_before_it_stay()
    {
        var field = await OpenAsync(AttributeType.List, ";red;dark blue;");

        Assert.Equal(["green; dark blue", "green; red"], await OfferedAsync(field, "green; "));
        Assert.Equal(["green;grey; red"], await OfferedAsync(field, "green;grey ;r"));
    }

    private static async Task<IEnumerable<string>> OfferedAsync(IRenderedComponent<AttributeValueField> field, string written) =>
        await field.FindComponent<MudAutocomplete<string>>().Instance.SearchFunc!(written, default)!;

    private async Task<IRenderedComponent<AttributeValueField>> OpenAsync(AttributeType type, string value)
    {
        await SignInAsync(RoleBundle.Marketer);
        var people = new List<SubscriberId>();
        for (var i = 0; i < 3; i++)
            people.Add(await AddPersonAsync($"+1212555236{i}"));
        await Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.Add(new AttributeDefinition { Id = 1, Name = "Asked", Type = type });
                db.SubscriberAttributes.AddRange(people.Select(person => new SubscriberAttribute { SubscriberId = person, AttributeId = 1, Text = value }));
                return Task.CompletedTask;
            },
            default);
        return Render<AttributeValueField>(p => p
            .AddCascadingValue(Everybody).Add(c => c.Attribute, new AttributeChoice(1, "Asked", type)).Add(c => c.Text, _text).Add(c => c.TextChanged, text => _text = text));
    }
}
