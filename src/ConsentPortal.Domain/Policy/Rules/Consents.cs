using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>The kinds of consent that laws ask for, as building blocks of rule sets.</summary>
internal static class Consents
{
    /// <summary>The consent must be granted, by an act of the person, and at least this strong.</summary>
    /// <param name="tooWeak">The reason when there is a consent, but a weaker one.</param>
    public static FactRule AtLeast(PolicyRule rule, MessageClasses classes, ConsentLevel level, SendReason tooWeak = SendReason.NoConsent) =>
        new(rule, classes, (in view) => view.NeedsNoConsent ? Verdict.Pass : Strength(in view, level, tooWeak));

    /// <summary>A box that was ticked in advance is no act of the person.</summary>
    public static FactRule NoPrecheckedBox(PolicyRule rule, MessageClasses classes) =>
        new(rule, classes, (in view) => view.Facts.Consent is { State: ConsentStatus.Granted, Method: CaptureMethod.PrecheckedBox }
            ? Verdict.Block(SendReason.NoConsent)
            : Verdict.Pass);

    /// <summary>The number's owner must have answered a text to that number (EU-24).</summary>
    public static FactRule ConfirmedBySms(PolicyRule rule) => new(rule, MessageClasses.Marketing, (in view) =>
        view.Facts.Consent is { State: ConsentStatus.Granted, Level: not ConsentLevel.SoftOptIn, DoubleOptInBy: not DoubleOptIn.Sms }
            ? Verdict.Block(SendReason.NoSmsDoubleOptIn)
            : Verdict.Pass);

    /// <summary>Without a sale and an offer to refuse, at collection and in each text, there is no soft opt-in (EU-21, UK-01).</summary>
    public static FactRule SoftOptInConditions(PolicyRule rule) => new(rule, MessageClasses.Recurring, (in view) =>
        view.Facts.Consent is { State: ConsentStatus.Granted, Level: ConsentLevel.SoftOptIn } consent
        && !(consent.WasRefusalOffered && (view.Facts.PurchaseAt is not null || consent.ImpliedFrom is { Kind: ImpliedKind.Purchase }))
            ? Verdict.Block(SendReason.NoConsent)
            : Verdict.Pass);

    public static FactRule SoftOptInTextSaysHowToStop(PolicyRule rule) => new(rule, MessageClasses.Recurring, (in view) =>
        view.Facts.Consent is { State: ConsentStatus.Granted, Level: ConsentLevel.SoftOptIn } && view.Facts.Body is { Signals.HasOptOut: false }
            ? Verdict.Block(SendReason.OptOutMissing)
            : Verdict.Pass) { Gate = Gate.Content };

    /// <summary>Whether a granted consent of this strength counts at an instant; used by rules that consent lifts.</summary>
    public static bool Counts(in SendView view, ConsentLevel level, DateTimeOffset instant) =>
        view.Facts.Consent is { State: ConsentStatus.Granted, Method: not CaptureMethod.PrecheckedBox } consent
        && consent.Level >= level
        && (consent.GrantedAt is null || consent.GrantedAt <= instant)
        && (consent.ExpiresAt is null || instant < consent.ExpiresAt);

    /// <summary>The dealings that US law calls an established business relationship (US-23); on the last day it is over.</summary>
    /// <param name="purchaseMonths">Calendar months after a purchase.</param>
    /// <param name="inquiryMonths">Calendar months after an inquiry; 0 when an inquiry is not enough.</param>
    public static bool HasDealing(in SendView view, DateTimeOffset instant, int purchaseMonths, int inquiryMonths = 0)
    {
        if (IsWithin(view.Facts.PurchaseAt, purchaseMonths, instant))
            return true;
        return view.Facts.Consent?.ImpliedFrom is { } dealing
            && IsWithin(dealing.At, dealing.Kind == ImpliedKind.Purchase ? purchaseMonths : inquiryMonths, instant);
    }

    private static bool IsWithin(DateTimeOffset? dealing, int months, DateTimeOffset instant) =>
        months > 0 && dealing is { } at && at <= instant && instant < Calendar.AddMonths(at, months);

    private static Verdict Strength(in SendView view, ConsentLevel level, SendReason tooWeak)
    {
        if (view.Facts.Consent is not { } consent)
            return Verdict.Block(SendReason.NoConsent);
        return consent.State switch
        {
            ConsentStatus.None => Verdict.Block(SendReason.NoConsent),
            ConsentStatus.Pending => Verdict.Block(SendReason.ConsentPending),
            ConsentStatus.Withdrawn => Verdict.Block(SendReason.Withdrawn),
            ConsentStatus.Voided => Verdict.Block(SendReason.ConsentVoided),

            // The gate of expiry says so.
            ConsentStatus.Expired => Verdict.Pass,
            ConsentStatus.Granted => Granted(in view, consent, level, tooWeak),
        };
    }

    private static Verdict Granted(in SendView view, SendConsent consent, ConsentLevel level, SendReason tooWeak)
    {
        if (consent.Method == CaptureMethod.PrecheckedBox || consent.GrantedAt > view.Instant)
            return Verdict.Block(SendReason.NoConsent);
        return consent.Level >= level ? Verdict.Pass : Verdict.Block(tooWeak);
    }
}
