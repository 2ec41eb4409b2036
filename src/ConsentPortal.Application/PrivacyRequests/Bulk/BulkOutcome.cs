using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <param name="Number">The number after DSR-; 0 where no such request is kept any more.</param>
/// <param name="Reason">A sentence for staff.</param>
public sealed record RefusedRequest(PrivacyRequestId Id, int Number, string Reason);

/// <summary>What came of one act on many requests: each was done whole or refused by itself.</summary>
/// <param name="Done">How many.</param>
/// <param name="Kept">How many needed no act, because the others were closed into them.</param>
/// <param name="Refused">In the order of their numbers.</param>
public sealed record BulkOutcome(int Done, int Kept, IReadOnlyList<RefusedRequest> Refused);

public sealed record NothingSelected() : Failure("No request is selected. Nothing was changed; tick some in the list.");

public sealed record TooManySelected(int Count)
    : Failure($"{Count} requests are selected, and one act takes at most {EachRequest.Most}. Nothing was changed; narrow the filter and go on in steps.");

public sealed record WordsNameOneOfMany()
    : Failure("The words name one of the selected people, their number or their customer number, and would stand with the requests of the others too. Nothing was changed; write what is true of every one.");
