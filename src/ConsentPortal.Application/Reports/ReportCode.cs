using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Application.Reports;

/// <summary>
/// The short name that stands on a report and in its audit entry, so that whoever holds the paper can ask whether it is
/// genuine. It hides what it is made of and is the same for the same report.
/// </summary>
public static class ReportCode
{
    // Crockford's alphabet: nothing in it is taken for something else when read out.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    /// <param name="facts">What tells this report from every other, its making included.</param>
    public static string Of(params IEnumerable<string> facts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', facts)));
        var code = new StringBuilder(Length + Length / Group);
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && i % Group == 0)
                code.Append('-');
            code.Append(Alphabet[hash[i] % Alphabet.Length]);
        }

        return code.ToString();
    }

    /// <summary>A code as somebody typed it, in the form in which it is kept; null when it is none.</summary>
    public static string? Read(string? text)
    {
        var letters = (text ?? "").ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(char.IsAsciiLetterOrDigit).ToArray();
        return letters.Length == Length && letters.All(Alphabet.Contains)
            ? string.Join('-', letters.Chunk(Group).Select(group => new string(group)))
            : null;
    }
}
