using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.PublicPages;

internal enum FormAge
{
    Fine,
    TooQuick,

    /// <summary>Older than a day, or not from here.</summary>
    Stale,
}

/// <summary>When a form was handed out, sealed into the form itself.</summary>
internal sealed class FormStamp(IDataProtectionProvider protection, IOptions<PublicOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private readonly IDataProtector _protector = protection.CreateProtector("public form stamp");

    public string Now() => _protector.Protect(clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));

    public FormAge AgeOf(string? stamp)
    {
        try
        {
            var age = TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - long.Parse(_protector.Unprotect(stamp ?? ""), CultureInfo.InvariantCulture));
            return age > Oldest ? FormAge.Stale : age < options.Value.ShortestFill ? FormAge.TooQuick : FormAge.Fine;
        }
        catch (CryptographicException)
        {
            return FormAge.Stale;
        }
    }
}
