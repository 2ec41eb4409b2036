namespace ConsentPortal.Domain.Preferences;

/// <summary>
/// How often a person wants to hear (C-13). Weekly means at most one text in 7 × 24 hours, twice a month one in
/// 14 × 24 hours, monthly one in a calendar month of the person's zone; <see cref="UrgentOnly"/> lets only
/// transactional and emergency texts through.
/// </summary>
public enum FrequencyPreference
{
    Every = 0,
    Daily = 1,
    Weekly = 2,
    Biweekly = 3,
    Monthly = 4,
    UrgentOnly = 5,
}
