using ConsentPortal.Application.Database.Encryption;
using PhoneNumbers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// Whether a text holds a number of which only the keyed hash is known. Each run of digits in it is tried as a whole number and, without its leading
/// zeros, behind every country's calling code: a few hundred hashes.
/// </summary>
internal static class NumberInText
{
    private const int FewestDigits = 6;
    private const int MostDigits = 15;

    private static readonly string[] CallingCodes = [.. PhoneNumberUtil.GetInstance().GetSupportedCallingCodes().Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    public static bool Is(LookupHash hashes, byte[] phoneHash, string text) =>
        Runs(text).SelectMany(Numbers).Any(e164 => hashes.Phone(e164).AsSpan().SequenceEqual(phoneHash));

    private static IEnumerable<string> Numbers(string digits) => CallingCodes.Select(code => $"+{code}{digits}").Prepend($"+{digits}");

    /// <summary>Groups of digits with nothing between them but what people write within a number, and any of them that follow one another: a house number may stand before it.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        foreach (var run in Groups(text))
        {
            for (var first = 0; first < run.Count; first++)
            {
                for (var count = 1; count <= run.Count - first; count++)
                {
                    var digits = string.Concat(run.Skip(first).Take(count)).TrimStart('0');
                    if (digits.Length is >= FewestDigits and <= MostDigits)
                        yield return digits;
                }
            }
        }
    }

    private static IEnumerable<List<string>> Groups(string text)
    {
        var (run, group) = (new List<string>(), "");
        foreach (var character in text.Append('\n'))
        {
            if (char.IsAsciiDigit(character))
            {
                group += character;
                continue;
            }

            if (group.Length > 0)
                run.Add(group);
            group = "";
            if (!" -./()+\u00A0".Contains(character, StringComparison.Ordinal))
            {
                yield return run;
                run = [];
            }
        }
    }
}
