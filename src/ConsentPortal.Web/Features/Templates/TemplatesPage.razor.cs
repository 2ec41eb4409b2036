using ConsentPortal.Application.Messaging.Templates;

namespace ConsentPortal.Web.Features.Templates;

/// <summary>The stored texts that programs can name.</summary>
public sealed partial class TemplatesPage(TextTemplateList templates)
{
    private IReadOnlyList<TemplateRow>? _rows;

    protected override async Task OpenAsync() => _rows = await templates.AllAsync(Actor, Closing);
}
