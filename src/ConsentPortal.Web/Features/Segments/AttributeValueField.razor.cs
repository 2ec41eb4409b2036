using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>The text to look for in an attribute, with the values that people have; of a list it completes the value that is being written.</summary>
public sealed partial class AttributeValueField(AttributeValues values)
{
    /// <summary>Who writes the rule.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>Of texts or lists.</summary>
    [Parameter, EditorRequired]
    public required AttributeChoice Attribute { get; set; }

    /// <summary>Of a list several values, parted by semicolons.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    private async Task<IEnumerable<string>> FindAsync(string? text, CancellationToken cancellationToken)
    {
        var (written, last) = Parts(text ?? "");
        // The embedded store answers on the thread that asks: away from the circuit, so that typing goes on.
        var found = await Task.Run(() => values.FindAsync(Actor, Attribute.Id, last, cancellationToken), cancellationToken);
        return found.Select(value => written + value);
    }

    private (string Written, string Last) Parts(string text)
    {
        var end = Attribute.Type == AttributeType.List ? text.LastIndexOf(ValueList.Between) : -1;
        return end < 0 ? ("", text.Trim()) : ($"{text[..end].TrimEnd()}{ValueList.Between} ", text[(end + 1)..].Trim());
    }
}
