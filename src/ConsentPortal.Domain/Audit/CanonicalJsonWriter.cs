using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// Writes the form of RFC 8785 straight away, for objects whose names are known in their order: a log writes a leaf for
/// every change, and sorting and parsing it first would cost ten times as much. <see cref="CanonicalJson"/> is its oracle.
/// </summary>
public sealed class CanonicalJsonWriter
{
    // Beyond it not every whole number is a double, and RFC 8785 knows only doubles.
    private const long LargestExact = 1L << 53;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '\u007f' - ' ').Select(unit => (char)unit).Where(unit => unit is not '"' and not '\\')]);

    private readonly ArrayBufferWriter<byte> _output = new(512);
    private bool _needsComma;

    /// <summary>Begins again with nothing written.</summary>
    public void Clear()
    {
        _output.ResetWrittenCount();
        _needsComma = false;
    }

    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    public void StartObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void StartArray() => Open((byte)'[');

    public void EndArray() => Close((byte)']');

    /// <param name="name">Later than the name before it by UTF-16 units: the caller keeps the order.</param>
    public void Name(string name)
    {
        String(name);
        Raw(":"u8);
        _needsComma = false;
    }

    /// <exception cref="EncoderFallbackException">Half a surrogate pair.</exception>
    public void String(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Comma();
        Raw("\""u8);
        if (value.AsSpan().ContainsAnyExcept(Plain))
            Escaped(value);
        else
            Text(value);
        Raw("\""u8);
    }

    /// <summary>The id as a string, in lower case.</summary>
    public void String(Guid value)
    {
        const int length = 36;
        Comma();
        Raw("\""u8);
        value.TryFormat(_output.GetSpan(length), out var count);
        _output.Advance(count);
        Raw("\""u8);
    }

    /// <summary>A string of bytes in Base64, with what stands before them.</summary>
    /// <param name="prefix">ASCII without quotes and backslashes.</param>
    public void Base64(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> value)
    {
        Comma();
        Raw("\""u8);
        Raw(prefix);
        System.Buffers.Text.Base64.EncodeToUtf8(value, _output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var count);
        _output.Advance(count);
        Raw("\""u8);
    }

    public void Null()
    {
        Comma();
        Raw("null"u8);
    }

    public void Boolean(bool value)
    {
        Comma();
        Raw(value ? "true"u8 : "false"u8);
    }

    public void Number(long value)
    {
        if (value is > LargestExact or < -LargestExact)
        {
            Number((double)value);
            return;
        }

        Comma();
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out var count);
        _output.Advance(count);
    }

    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public void Number(double value)
    {
        Comma();
        Text(CanonicalNumber.Format(value));
    }

    private void Open(byte bracket)
    {
        Comma();
        Raw([bracket]);
        _needsComma = false;
    }

    private void Close(byte bracket)
    {
        Raw([bracket]);
        _needsComma = true;
    }

    private void Comma()
    {
        if (_needsComma)
            Raw(","u8);
        _needsComma = true;
    }

    private void Escaped(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var unit in value)
            CanonicalJson.AppendEscaped(text, unit);
        Text(text.ToString());
    }

    private void Text(string text) => StrictUtf8.GetBytes(text, _output);

    private void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
