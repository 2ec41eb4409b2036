using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary>Collects a sentence for each field of a request that can't be taken, so that its program learns of all at once.</summary>
internal sealed class FieldCheck
{
    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>Null while everything is fine.</summary>
    public ProblemHttpResult? Problem => _errors.Count == 0 ? null : ApiProblem.Fields(_errors);

    public void Check(string field, bool isFine, string sentence)
    {
        if (!isFine)
            _errors.TryAdd(field, [sentence]);
    }

    /// <returns>Null where the number can't be one; then there is a problem.</returns>
    public PhoneNumber? Phone(string? phone, string? country)
    {
        Check("country", IsCode(country), "Give the two letters of ISO 3166, such as US.");
        if (PhoneNumber.Parse(phone, country).TryGet(out var number, out var refused))
            return number;
        Check("phone", false, refused.Message);
        return null;
    }

    /// <summary>Two letters, or nothing at all.</summary>
    public static bool IsCode(string? code) => code is null || (code.Length == 2 && code.All(char.IsAsciiLetter));
}
