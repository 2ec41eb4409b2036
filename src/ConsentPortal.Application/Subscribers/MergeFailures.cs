using ConsentPortal.Domain;

namespace ConsentPortal.Application.Subscribers;

public sealed record CannotMergeWithItself() : Failure("These are the same record. Nothing was changed; choose the other one.");

public sealed record SubscriberMerged(string IntoId)
    : Failure("This record was merged with another one and is closed. Nothing was changed; open the record that goes on.");

public sealed record FinishRequestFirst(int Number)
    : Failure($"The record that would be closed has an open privacy request (DSR-{Number}). Nothing was changed; finish that request first, or keep this record instead.");
