namespace ConsentPortal.Web.Components.Shared;

/// <summary>People who fall away for one reason, from all who are targeted.</summary>
/// <param name="Key">What is handed back when the step is chosen.</param>
/// <param name="Meaning">Deferred for those who come later, blocked or withdrawn for those who never will.</param>
/// <param name="Rule">The rule's id, when one rule is the reason.</param>
public sealed record WaterfallStep(string Key, string Label, long Count, Meaning Meaning = Meaning.Blocked, string? Rule = null);
