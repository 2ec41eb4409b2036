using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Messaging.Balance;

/// <summary>Section <c>Balance</c>: how the money at the provider is watched.</summary>
public sealed class BalanceOptions : IValidatableObject
{
    public const string Section = "Balance";

    /// <summary>Pause between two questions for it; 0 asks never.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Euro. Staff are told when there is less, unless the account refills itself.</summary>
    public decimal WarnBelow { get; set; } = 50;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Every < TimeSpan.Zero || (Every > TimeSpan.Zero && Every < TimeSpan.FromSeconds(10)) || Every > TimeSpan.FromDays(1))
            yield return new ValidationResult("Balance:Every must be 10 seconds to 1 day, written as hh:mm:ss, or 00:00:00 to ask never.");
        if (WarnBelow is < 0 or > 1_000_000)
            yield return new ValidationResult("Balance:WarnBelow must be 0 to 1000000 euro.");
    }
}
