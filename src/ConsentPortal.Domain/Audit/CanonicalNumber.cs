using System.Globalization;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>A number as ECMAScript prints it (ECMA-262 Number::toString, asked for by RFC 8785 §3.2.2.3).</summary>
internal static class CanonicalNumber
{
    private const int LastPlainExponent = 21;
    private const int FirstPlainExponent = -6;

    /// <exception cref="ArgumentOutOfRangeException">The value is not finite: JSON has no word for it.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON knows no infinite number.");
        if (value == 0)
            return "0";
        var (digits, point) = Shortest(Math.Abs(value));
        return (value < 0 ? "-" : "") + Place(digits, point);
    }

    /// <summary>The fewest digits that read back as the value, which is 0.digits × 10^point.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), point - (digits.Length - significant.Length));
    }

    private static string Place(string digits, int point)
    {
        if (point > LastPlainExponent || point <= FirstPlainExponent)
            return Scientific(digits, point - 1);
        if (point <= 0)
            return $"0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
    }

    private static string Scientific(string digits, int exponent)
    {
        var text = new StringBuilder().Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits.AsSpan(1));
        return text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent)).ToString();
    }
}
