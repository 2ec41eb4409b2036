using System.Text;
using System.Text.Json;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>The objects of a PDF file as qpdf reads them.</summary>
internal sealed class PdfStructure
{
    private readonly JsonElement _objects;

    private PdfStructure(JsonElement objects) => _objects = objects;

    public JsonElement Trailer => _objects.GetProperty("trailer").GetProperty("value");

    public JsonElement Catalog => Resolve(Trailer.GetProperty("/Root"));

    public IEnumerable<(JsonElement Dictionary, byte[] Data)> Streams =>
        _objects.EnumerateObject().Where(o => o.Value.TryGetProperty("stream", out _)).Select(o => o.Value.GetProperty("stream")).Select(s => (s.GetProperty("dict"), s.GetProperty("data").GetBytesFromBase64()));

    /// <summary>Every dictionary of the file, at any depth.</summary>
    public IEnumerable<JsonElement> Dictionaries =>
        _objects.EnumerateObject().SelectMany(o => o.Value.TryGetProperty("stream", out var stream) ? Inside(stream.GetProperty("dict")) : Inside(o.Value.GetProperty("value")));

    /// <summary>Every key, and every name that is a value.</summary>
    public IEnumerable<string> Names => Dictionaries.SelectMany(d => d.EnumerateObject()).SelectMany(p => p.Value.ValueKind == JsonValueKind.String ? [p.Name, p.Value.GetString()!] : new[] { p.Name }).Where(name => name.StartsWith('/'));

    /// <summary>What pages draw, as text.</summary>
    public IEnumerable<string> Contents =>
        Dictionaries.Where(d => d.TryGetProperty("/Type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "/Page").Select(page => Encoding.Latin1.GetString(Stream(page.GetProperty("/Contents")).Data));

    /// <returns>Null where qpdf is not installed.</returns>
    public static async Task<PdfStructure?> ReadAsync(byte[] pdf)
    {
        if (await PdfTools.RunAsync("qpdf", pdf, "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", "FILE") is not { } read)
            return null;
        Assert.True(read.Exit == 0, read.Output);
        return new PdfStructure(JsonDocument.Parse(read.Output).RootElement.GetProperty("qpdf")[1]);
    }

    public JsonElement Resolve(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } reference && reference.EndsWith(" R", StringComparison.Ordinal) ? Value(_objects.GetProperty($"obj:{reference}")) : value;

    public (JsonElement Dictionary, byte[] Data) Stream(JsonElement reference)
    {
        var stream = _objects.GetProperty($"obj:{reference.GetString()}").GetProperty("stream");
        return (stream.GetProperty("dict"), stream.GetProperty("data").GetBytesFromBase64());
    }

    public IEnumerable<JsonElement> Values(string key) => Dictionaries.Where(d => d.TryGetProperty(key, out _)).Select(d => Resolve(d.GetProperty(key)));

    /// <summary>qpdf writes u: before text and b: before bytes.</summary>
    public static string TextOf(JsonElement value) => value.GetString()! is ['u', ':', .. var text] ? text : Encoding.Latin1.GetString(Convert.FromHexString(value.GetString()![2..]));

    private static JsonElement Value(JsonElement held) => held.TryGetProperty("stream", out var stream) ? stream.GetProperty("dict") : held.GetProperty("value");

    private static IEnumerable<JsonElement> Inside(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Inside(p.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Inside),
        _ => [],
    };
}
