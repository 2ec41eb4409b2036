using ConsentPortal.Domain;

namespace ConsentPortal.Application.Policy;

public sealed record PolicyNotFound() : Failure("There is no such version of the policy. Nothing was changed.");

public sealed record StaffWritesPolicy() : Failure("Only a member of staff can change the policy. Nothing was changed.");

public sealed record DraftIsOpen(int Version)
    : Failure($"Version {Version} is not decided yet, and there is one change at a time. Nothing was begun; finish or abandon that version first.");

public sealed record PolicyIsNoDraft(int Version)
    : Failure($"Version {Version} is no draft any more. Nothing was changed; load the page again to see where it stands.");

public sealed record DraftChangedMeanwhile()
    : Failure("The draft was changed while you were at it. Nothing of yours was kept; load the page again.");

public sealed record SimulationNeeded()
    : Failure("There is no simulation of exactly this draft. Nothing was changed; simulate it first, so that the second person sees what it would have done.");

public sealed record SimulationRunsAlready()
    : Failure("A simulation is at work already, and there is one at a time. Nothing was begun; wait for its end, or stop it.");

public sealed record NotAskedYet()
    : Failure("Nobody has asked for a second person yet: the draft may still be in work. Nothing was activated.");

public sealed record OtherPersonNeeded()
    : Failure("You wrote in this draft or asked for it, so somebody else has to activate it. Nothing was changed.");

public sealed record GovernsAlready(int Version)
    : Failure($"Version {Version} is not waiting for its day, so there is nothing to take back. To change the rules, begin a draft.");

public sealed record BeginsTooEarly()
    : Failure("A policy can begin now or later, and not before one that is already decided. Nothing was activated; choose a later moment.");

public sealed record BeginsTooLate()
    : Failure("A policy can begin within a year. Nothing was activated; choose an earlier moment.");

public sealed record NothingChanged(int BaseVersion)
    : Failure($"The draft says the same as version {BaseVersion}. Change something first, or abandon it.");
