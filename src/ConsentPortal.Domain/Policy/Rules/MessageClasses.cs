using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>The classes that a rule reaches.</summary>
[Flags]
internal enum MessageClasses
{
    None = 0,
    Emergency = 1,
    Transactional = 2,
    Informational = 4,
    Marketing = 8,

    /// <summary>Texts that come again and again: those for which hours and caps are made (US-10).</summary>
    Recurring = Informational | Marketing,

    /// <summary>Everything for which somebody must have agreed (US-27 exempts emergencies).</summary>
    Consented = Transactional | Informational | Marketing,
    All = Emergency | Consented,
}

internal static class MessageClassesExtensions
{
    public static bool Reach(this MessageClasses classes, MessageClass messageClass) =>
        (classes & (MessageClasses)(1 << ((int)messageClass - 1))) != 0;
}
