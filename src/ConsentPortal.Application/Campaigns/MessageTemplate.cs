using System.Globalization;
using ConsentPortal.Domain;
using Fluid;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The text for one person.</summary>
/// <param name="Missing">Fields of the text that this person has no value for; their fallback stands there.</param>
public sealed record MergedText(string Text, IReadOnlyList<string> Missing);

/// <summary>
/// A text with merge fields (Liquid), read once and used for everybody; safe on many threads. Only fields, filters and
/// conditions that can do no harm are let in, and a field that somebody may lack needs a fallback.
/// </summary>
public sealed class MessageTemplate
{
    public const int LongestText = 3200;

    private static readonly FluidParser Parser = new();

    private static readonly TemplateOptions Options = new() { MaxSteps = 2_000, CultureInfo = CultureInfo.InvariantCulture };

    private readonly IFluidTemplate _template;

    private MessageTemplate(IFluidTemplate template, TemplateReading reading) => (_template, Fields, Needed) = (template, reading.Fields, reading.Needed);

    /// <summary>The fields that the text uses, each once.</summary>
    public IReadOnlyList<MergeField> Fields { get; }

    /// <summary>Values of a program that are written out with nothing to stand in their place.</summary>
    public IReadOnlyCollection<string> Needed { get; }

    /// <summary>The fields among them that name custom attributes; whether there are such attributes, <see cref="AttributeFields"/> knows.</summary>
    internal IEnumerable<string> Attributes => Fields.Where(f => f.IsAttribute).Select(f => f.Name);

    public bool Uses(string field) => Fields.Any(f => f.Name == field);

    /// <param name="ofProgram">Names of values that a program hands in, besides the fields that every text has.</param>
    public static Result<MessageTemplate> Parse(string text, IReadOnlyCollection<string>? ofProgram = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new TemplateIsEmpty();
        if (text.Length > LongestText)
            return new TemplateIsTooLong(text.Length);
        if (!Parser.TryParse(text, out var template, out var error))
            return new TemplateSyntaxError(FirstLine(error));
        var reading = new TemplateReading(ofProgram ?? []);
        reading.VisitTemplate(template);
        return reading.Refused is { } refused ? refused : new MessageTemplate(template, reading);
    }

    /// <exception cref="InvalidOperationException">The text takes more steps than any message needs.</exception>
    public MergedText Render(MergeValues values)
    {
        var context = new TemplateContext(Options);
        var missing = new List<string>();
        foreach (var field in Fields)
        {
            var value = field.Value(values);
            if (value is null)
                missing.Add(field.Name);
            else if (!field.IsAttribute)
                context.SetValue(field.Name, value);
        }

        if (values.Attributes is { Count: > 0 } attributes)
            context.SetValue(MergeField.Attribute, new AttributesValue(attributes));
        return new MergedText(_template.Render(context), missing);
    }

    private static string FirstLine(string error) => error.Split('\n', 2)[0].Trim().TrimEnd('.');
}

public sealed record TemplateIsEmpty() : Failure("The message is empty. Write the text that people will read.");

public sealed record TemplateIsTooLong(int Length)
    : Failure($"The message has {Length} characters; {MessageTemplate.LongestText} are the most. Shorten it.");

public sealed record TemplateSyntaxError(string Problem)
    : Failure($"The message has a merge field that is not closed or not spelled as one: {Problem}. Write fields as {{{{ firstName | default: \"there\" }}}}.");

public sealed record UnknownMergeField(string Field)
    : Failure($"There is no merge field \"{Field}\". The fields are {string.Join(", ", MergeField.All.Select(f => f.Name))}, and custom attributes as {MergeField.Attribute}.name.");

public sealed record MergeFieldNeedsFallback(string Field)
    : Failure($"Not everybody has a {Field}. Say what stands in its place: {{{{ {Field} | default: \"there\" }}}}.");

public sealed record MergeFilterRefused(string Filter)
    : Failure($"The filter \"{Filter}\" can't be used in a message. The filters are {string.Join(", ", TemplateReading.Filters.Order(StringComparer.Ordinal))}.");

public sealed record MergeTagRefused(string Tag)
    : Failure($"The tag \"{Tag}\" can't be used in a message: only if, unless and else can.");
