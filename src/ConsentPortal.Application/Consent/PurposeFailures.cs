using ConsentPortal.Domain;

namespace ConsentPortal.Application.Consent;

public sealed record PurposeNotFound() : Failure("There is no such purpose. Nothing was changed.");

/// <summary>One field that can't stay as it is, named so that a form can show the sentence beside it.</summary>
/// <param name="Field">The name of the property.</param>
public sealed record FieldRefused(string Field, string Message) : Failure(Message);
