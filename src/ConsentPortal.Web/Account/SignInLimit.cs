using ConsentPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Account;

/// <summary>
/// Passwords, codes and invitations that one address may try in a minute. Locks hold for one account each; this is for whoever tries many of them, and for whoever only wants
/// the portal to be busy with checking.
/// </summary>
internal sealed class SignInLimit(IOptions<SignInOptions> options) : AddressLimit(options.Value.TriesPerAddress, TimeSpan.FromMinutes(1), postsOnly: true)
{
    public const string Name = "sign-in";
}
