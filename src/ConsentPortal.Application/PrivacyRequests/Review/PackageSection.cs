namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>What a package holds, as whoever reviews it reads it.</summary>
public enum PackageSection
{
    Profile = 1,
    Consents = 2,
    FromPerson = 3,
    ToPerson = 4,
    Decisions = 5,
    Behaviour = 6,
    Lists = 7,
    Stops = 8,
    Provider = 9,
    Requests = 10,
    Comments = 11,
    Looks = 12,
    Staff = 13,
    Recipients = 14,
    Documents = 15,
    Holds = 16,
    Earlier = 17,
}
