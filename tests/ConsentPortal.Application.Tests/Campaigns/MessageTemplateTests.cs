using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class MessageTemplateTests
{
    private static readonly MergeValues Ada = new("Ada", "Okafor", "Aurora & Sons", StopLine.In("en"));

    [Theory]
    [InlineData("Hi {{ firstName | default: \"there\" }}!", "Hi Ada!")]
    [InlineData("{{ firstName | upcase | default: 'X' }} {{ lastName | default: '' }}", "ADA Okafor")]
    [InlineData("{{ firstName | default: lastName | default: 'you' | append: '!' }}", "Ada!")]
    [InlineData("{{ 'From ' | append: brand }}", "From Aurora & Sons")]
    [InlineData("{{brand}}: <b> {{ stopLine }}", "Aurora & Sons: <b> Reply STOP to opt out.")]
    [InlineData("{% if firstName %}Dear {{ firstName | default: 'you' }}{% else %}Dear customer{% endif %}", "Dear Ada")]
    [InlineData("50% off {no field}", "50% off {no field}")]
    public void Fields_are_filled_in_as_plain_text(string template, string text) => Assert.Equal(text, Parse(template).Render(Ada).Text);

    [Theory]
    [InlineData("Hi {{ firstName | default: \"there\" }}!", "Hi there!")]
    [InlineData("{% if firstName %}Dear {{ firstName | default: 'you' }}{% else %}Dear customer{% endif %}", "Dear customer")]
    [InlineData("{% unless firstName %}Dear customer{% endunless %}", "Dear customer")]
    public void Who_has_no_name_reads_the_fallback_and_is_counted(string template, string text)
    {
        var merged = Parse(template).Render(Ada with { FirstName = null });

        Assert.Equal(text, merged.Text);
        Assert.Equal(["firstName"], merged.Missing);
    }

    [Fact]
    public void A_name_that_looks_like_a_field_stays_a_name() =>
        Assert.Equal("Hi {{ brand }}", Parse("Hi {{ firstName | default: 'x' }}").Render(Ada with { FirstName = "{{ brand }}" }).Text);

    [Theory]
    [InlineData("Hi {{ firstname | default: 'x' }}", "firstname")]
    [InlineData("Hi {{ person.phone | default: 'x' }}", "person.phone")]
    [InlineData("{% if vip %}x{% endif %}", "vip")]
    [InlineData("{{ firstName | default: nickname }}", "nickname")]
    public void A_field_that_does_not_exist_is_named(string template, string field) =>
        Assert.Equal(field, Assert.IsType<UnknownMergeField>(MessageTemplate.Parse(template).Failure).Field);

    [Theory]
    [InlineData("Hi {{ firstName }}", "firstName")]
    [InlineData("{% if firstName %}{{ lastName | upcase }}{% endif %}", "lastName")]
    [InlineData("{{ \"Dear \" | append: firstName }}", "firstName")]
    [InlineData("{{ brand | prepend: firstName | default: 'x' }}", "firstName")]
    [InlineData("{{ firstName | default: lastName }}", "lastName")]
    [InlineData("{{ firstName | append: '!' | default: 'you' }}", "firstName")]
    public void A_field_without_fallback_is_named(string template, string field) =>
        Assert.Equal(field, Assert.IsType<MergeFieldNeedsFallback>(MessageTemplate.Parse(template).Failure).Field);

    [Theory]
    [InlineData("Hi {{ firstName ")]
    [InlineData("{% if firstName %}x")]
    [InlineData("{{ a b }}")]
    public void A_field_that_is_not_closed_is_a_sentence(string template) =>
        Assert.Contains("merge field", Assert.IsType<TemplateSyntaxError>(MessageTemplate.Parse(template).Failure).Message);

    [Theory]
    [InlineData("{% for i in (1..1000000) %}x{% endfor %}")]
    [InlineData("{% assign x = 1 %}")]
    [InlineData("{% render 'other' %}")]
    [InlineData("{% include 'other' %}")]
    [InlineData("{% if brand %}{% cycle 'a', 'b' %}{% endif %}")]
    public void Tags_that_can_do_harm_are_refused(string template) => Assert.IsType<MergeTagRefused>(MessageTemplate.Parse(template).Failure);

    [Fact]
    public void Filters_that_no_message_needs_are_refused() => Assert.IsType<MergeFilterRefused>(MessageTemplate.Parse("{{ brand | base64_encode }}").Failure);

    [Fact]
    public void Nothing_and_too_much_are_refused()
    {
        Assert.IsType<TemplateIsEmpty>(MessageTemplate.Parse(" \n").Failure);
        Assert.IsType<TemplateIsTooLong>(MessageTemplate.Parse(new string('x', 3201)).Failure);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es-MX")]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData(null)]
    public void Stop_lines_are_short_seven_bit_and_understood_as_such(string? language)
    {
        var line = StopLine.In(language);

        Assert.Equal(SmsEncoding.Gsm7, SmsMeasure.Of(line).Encoding);
        Assert.True(new MessageBody(line).Signals.HasOptOut);
    }

    [Fact]
    public void One_template_serves_many_threads()
    {
        var template = Parse("{{ firstName | default: 'x' }}-{{ lastName | default: 'y' }}");

        Assert.All(
            Enumerable.Range(0, 2000).AsParallel().Select(i => (i, template.Render(Ada with { FirstName = $"f{i}", LastName = $"l{i}" }).Text)).ToList(),
            r => Assert.Equal($"f{r.i}-l{r.i}", r.Text));
    }

    private static MessageTemplate Parse(string template)
    {
        Result<MessageTemplate> result = MessageTemplate.Parse(template);
        Assert.Null(result.Failure);
        return result.Value;
    }
}
