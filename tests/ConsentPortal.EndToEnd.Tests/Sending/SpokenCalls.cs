using System.Globalization;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// Put between the portal's client and the network: says on the console when each text is handed over. What the network and the
/// provider do with it is not the portal's pace: a provider that stands still for a moment hears at once what was said to it meanwhile.
/// </summary>
internal sealed class SpokenCalls : DelegatingHandler
{
    private const string Word = "call at ";

    /// <param name="output">Everything that a process has written.</param>
    /// <returns>When it handed over its texts (UTC).</returns>
    public static IEnumerable<DateTimeOffset> In(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith(Word, StringComparison.Ordinal))
            .Select(line => DateTimeOffset.Parse(line[Word.Length..], CultureInfo.InvariantCulture));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word}{DateTimeOffset.UtcNow:O}"));
        return base.SendAsync(request, cancellationToken);
    }
}
