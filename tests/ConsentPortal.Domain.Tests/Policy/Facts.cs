using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Facts of a marketing text with everything in order; a test changes what it is about.</summary>
internal static class Facts
{
    public const string NewYork = "+12127365000";
    public const string Miami = "+13053581000";
    public const string Dallas = "+12147483000";
    public const string Portland = "+15032241000";
    public const string Hartford = "+18605221000";
    public const string SaltLake = "+18015321000";
    public const string FloridaPanhandle = "+18502001000";
    public const string Toronto = "+14168631000";
    public const string Paris = "+33612345678";
    public const string Berlin = "+491701234567";
    public const string Mumbai = "+919820012345";

    /// <summary>The law's own reading and no margin, so that boundaries stand where the rules put them.</summary>
    public static PolicyVersion Statute { get; } = PolicyVersion.Default with { Preset = PolicyPreset.Statute, DispatchGuard = TimeSpan.Zero };

    public static SendConsent Written { get; } = new()
    {
        State = ConsentStatus.Granted, Level = ConsentLevel.ExpressWritten, Method = CaptureMethod.WebForm, GrantedAt = At("2026-01-05T12:00:00Z"), DoubleOptInBy = DoubleOptIn.Sms,
        Brand = "Aurora", EventId = 7,
    };

    public static SendFacts Marketing(string to) => new()
    {
        MessageClass = MessageClass.Marketing, To = Recipient.Of(to), Brand = "Aurora", Consent = Written, Body = new MessageBody("Aurora: new boots are in. Reply STOP to opt out."),
        Sender = new SenderFacts("+12025550111", CanReceive: true, IsRegistered: true), Dnc = new DncCheck(false, At("2026-11-20T00:00:00Z")),
        Reassigned = new ReassignedCheck(ReassignedAnswer.No, At("2026-11-20T00:00:00Z")),
    };

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    public static SendDecision Decide(SendFacts facts, string at, PolicyVersion? policy = null) => SendPolicy.Evaluate(facts, policy ?? Statute, At(at));
}
