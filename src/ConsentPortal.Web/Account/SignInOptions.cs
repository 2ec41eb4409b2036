using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Web.Account;

/// <summary>How much signing in takes from one address. A whole office may share one.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Forms of the sign-in, of its second step and of invitations that one address may send in a minute.</summary>
    [Range(1, 10_000, ErrorMessage = "SignIn:TriesPerAddress has to be between 1 and 10000.")]
    public int TriesPerAddress { get; set; } = 60;
}
