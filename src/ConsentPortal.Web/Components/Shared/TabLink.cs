namespace ConsentPortal.Web.Components.Shared;

/// <param name="Name">As it stands in the address.</param>
/// <param name="Count">How much the tab holds, where that is known before it is opened.</param>
public sealed record TabLink(string Name, string Text, int? Count = null);
