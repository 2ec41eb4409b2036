using ConsentPortal.Domain;

namespace ConsentPortal.Application.Subscribers;

public sealed record SubscriberNotFound()
    : Failure("There is no such subscriber, or their data has been erased. Nothing was changed.");

public sealed record NumberAlreadyKnown(string SubscriberId)
    : Failure("This number already belongs to a subscriber. Nothing was added; open the existing one instead.");

public sealed record ChangedMeanwhile()
    : Failure("Somebody else changed this while you were working. Nothing of yours was saved; load the page again and repeat your change.");

public sealed record ReasonNeeded()
    : Failure("Give a reason of at least five characters; it is kept in the audit trail.")
{
    private const int Shortest = 5;

    /// <returns>Whether a text says enough to stand as a reason; blanks around it do not count.</returns>
    public static bool IsMetBy(string? text) => text?.Trim().Length >= Shortest;
}

public sealed record ReasonNamesPerson()
    : Failure("The reason names the person or their number, and the audit trail keeps it for good, even after an erasure. Nothing was changed; say it without.");
