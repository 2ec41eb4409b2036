namespace ConsentPortal.Domain.Consent;

/// <summary>How strong a consent is, weakest first; rules ask for "at least".</summary>
public enum ConsentLevel
{
    None = 0,
    Implied = 1,
    SoftOptIn = 2,
    Express = 3,
    ExpressWritten = 4,
}
