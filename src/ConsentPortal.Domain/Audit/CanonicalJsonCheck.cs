using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// Reads bytes once and stops at the first that RFC 8785 would have written otherwise. It does not write the text anew
/// to compare, because a verifier asks this of millions of entries.
/// </summary>
internal ref struct CanonicalJsonCheck
{
    private const int DeepestNesting = 64;
    private const int LongestPlainInteger = 15;

    private static readonly SearchValues<byte> Ends = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly SearchValues<byte> InNumber = SearchValues.Create("0123456789+-.eE"u8);

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private string? _flaw;

    private CanonicalJsonCheck(ReadOnlySpan<byte> text) => _text = text;

    public static string? FindFlaw(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            return "it is not UTF-8";
        var check = new CanonicalJsonCheck(text);
        if (check.Value(0) && check._at != text.Length)
            check.Stop("something follows the value");
        return check._flaw is null ? null : $"{check._flaw} at byte {check._at.ToString(CultureInfo.InvariantCulture)}";
    }

    private readonly byte Next => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly bool IsSpaceNext => Next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private bool Stop(string flaw)
    {
        _flaw ??= flaw;
        return false;
    }

    private bool Value(int depth)
    {
        if (depth > DeepestNesting)
            return Stop("it is nested too deeply");
        return Next switch
        {
            (byte)'{' => Object(depth),
            (byte)'[' => Array(depth),
            (byte)'"' => String(out _),
            (byte)'t' => Word("true"u8),
            (byte)'f' => Word("false"u8),
            (byte)'n' => Word("null"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(),
            _ => Stop(IsSpaceNext ? "there is white space" : "no JSON value stands"),
        };
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word))
            return Stop("no JSON value stands");
        _at += word.Length;
        return true;
    }

    private bool Mark(byte mark)
    {
        if (Next != mark)
            return Stop(IsSpaceNext ? "there is white space" : $"'{(char)mark}' is missing");
        _at++;
        return true;
    }

    private bool Object(int depth)
    {
        _at++;
        if (Next == '}')
            return Mark((byte)'}');
        var earlier = Range.All;
        for (var isFirst = true; ; isFirst = false)
        {
            var nameAt = _at;
            if (Next != '"')
                return Stop(IsSpaceNext ? "there is white space" : "no name stands");
            if (!String(out var name))
                return false;
            if (!isFirst && Compare(_text[earlier], _text[name]) >= 0)
            {
                _at = nameAt;
                return Stop("the names are not in order, each once,");
            }

            earlier = name;
            if (!Mark((byte)':') || !Value(depth + 1))
                return false;
            if (Next != ',')
                return Mark((byte)'}');
            _at++;
        }
    }

    private bool Array(int depth)
    {
        _at++;
        if (Next == ']')
            return Mark((byte)']');
        while (Value(depth + 1))
        {
            if (Next != ',')
                return Mark((byte)']');
            _at++;
        }

        return false;
    }

    /// <param name="content">Where the characters between the quotes stand, escapes as written.</param>
    private bool String(out Range content)
    {
        var start = ++_at;
        content = start..start;
        while (true)
        {
            var length = _text[_at..].IndexOfAny(Ends);
            if (length < 0)
            {
                _at = _text.Length;
                return Stop("a string does not end");
            }

            _at += length;
            if (_text[_at] == '"')
            {
                content = start.._at++;
                return true;
            }

            if (_text[_at] != '\\' || !Escape())
                return Stop("a character is not written as it must be");
        }
    }

    private bool Escape()
    {
        var rest = _text[(_at + 1)..];
        if (rest.IsEmpty)
            return false;
        if (rest[0] is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r')
        {
            _at += 2;
            return true;
        }

        // Only control characters without a short form are written by number, in lower case.
        if (rest.Length < 5 || !rest.StartsWith("u00"u8) || rest[3] is not ((byte)'0' or (byte)'1')
            || rest[4] is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))
            || (rest[3] == '0' && rest[4] is ((byte)'8' or (byte)'9' or (byte)'a' or (byte)'c' or (byte)'d')))
            return false;
        _at += 6;
        return true;
    }

    private bool Number()
    {
        var length = _text[_at..].IndexOfAnyExcept(InNumber);
        var number = length < 0 ? _text[_at..] : _text.Slice(_at, length);
        if (!IsPlainInteger(number) && !IsAsPrinted(number))
            return Stop("a number is not written as it must be");
        _at += number.Length;
        return true;
    }

    private static bool IsPlainInteger(ReadOnlySpan<byte> number)
    {
        var digits = number[0] == '-' ? number[1..] : number;
        return digits.Length is > 0 and <= LongestPlainInteger && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != '0' || number.Length == 1);
    }

    private static bool IsAsPrinted(ReadOnlySpan<byte> number) =>
        Utf8Parser.TryParse(number, out double value, out var consumed) && consumed == number.Length && double.IsFinite(value)
        && CanonicalNumber.Format(value) == Encoding.ASCII.GetString(number);

    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Ascii.IsValid(left) && Ascii.IsValid(right) && !left.Contains((byte)'\\') && !right.Contains((byte)'\\')
            ? left.SequenceCompareTo(right)
            : string.CompareOrdinal(Unescaped(left), Unescaped(right));

    private static string Unescaped(ReadOnlySpan<byte> content) =>
        JsonSerializer.Deserialize<string>([(byte)'"', .. content, (byte)'"'])!;
}
