using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// On what a text was allowed, as far as somebody may take it away in the moments before it leaves. Whatever is stricter by then was
/// not known to the decision, so the text is decided on again, with that in its facts; the second time it is known, and withholds nothing.
/// </summary>
/// <param name="RestsOnConsent">False for a text that may leave without a consent, or answers what the person did.</param>
/// <param name="Stop">The stop in spite of which it was allowed, such as one to marketing for a text of another kind; null where there was none.</param>
/// <param name="PeriodId">In which the number is the person's.</param>
public sealed record SendGround(Purpose Purpose, bool RestsOnConsent, SuppressionScope? Stop, bool IsRestricted, NumberPeriodId PeriodId)
{
    public static SendGround Of(OutboundMessage row, PersonFacts person, Purpose purpose) => new(
        purpose, row.Kind is MessageKind.Campaign or MessageKind.Transactional && person.Facts.Consent is { State: ConsentStatus.Granted }, person.Facts.Suppression,
        person.Facts.IsRestricted, person.PeriodId);
}
