namespace ConsentPortal.Web.Components.Shared;

/// <param name="Before">Null when the field had no value.</param>
/// <param name="After">Null when the value was taken away.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
