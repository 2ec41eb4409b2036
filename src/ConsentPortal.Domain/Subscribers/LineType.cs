namespace ConsentPortal.Domain.Subscribers;

/// <summary>
/// What kind of line a number is, as far as its numbering plan tells (O-02). In North America every geographic number is
/// <see cref="FixedLineOrMobile"/>: nothing but a carrier look-up tells them apart (O-03).
/// </summary>
public enum LineType
{
    Unknown = 0,
    Mobile = 1,
    FixedLineOrMobile = 2,
    FixedLine = 3,
    Voip = 4,
    TollFree = 5,
    PremiumRate = 6,
    SharedCost = 7,
    PersonalNumber = 8,
    Pager = 9,
    Uan = 10,
    Voicemail = 11,
}
