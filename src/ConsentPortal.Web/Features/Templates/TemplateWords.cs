using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Templates;

/// <summary>Where a version stands, in words.</summary>
internal static class TemplateWords
{
    public static (Meaning Meaning, string Word) Of(TemplateState state) => state switch
    {
        TemplateState.Draft => (Meaning.Neutral, "Draft"),
        TemplateState.Proposed => (Meaning.Pending, "Waits for approval"),
        TemplateState.Approved => (Meaning.Granted, "Approved"),
    };
}
