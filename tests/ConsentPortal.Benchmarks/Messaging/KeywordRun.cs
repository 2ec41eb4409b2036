using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Domain.Messaging.Keywords;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>
/// Reads so many texts from handsets on one core, beside what folding alone costs: the same texts brought to NFKC and to
/// lower case, and nothing looked up in them.
/// </summary>
internal static class KeywordRun
{
    private const int Rounds = 3;

    // What comes in on a marketing number: mostly stops, thanks and questions, some of them long, and every script.
    private static readonly string[] Texts =
    [
        "STOP", "Stop", "stop please", "STOP!!", "Unsubscribe", "stpo", "Arrêt", "BAJA", "Abmelden", "СТОП", "退订", "YES", "yes please", "HELP", "START", "ok", "Thanks!", "Thank you so much 😀",
        "what time do you open tomorrow?", "Hi, is my order #12345 shipped already? I need it for Friday.", "don't stop, love these", "see you at the end of the month", "can you cancel my appointment on Monday",
        "Stop texting me, I never signed up for this", "Ist das Paket schon da? Grüße aus München", "¿A qué hora abren mañana? Gracias", "Merci beaucoup, à bientôt", "何時に開きますか？", "감사합니다",
        "I bought the blue running shoes in size 42 last week but they are a little small. Is it possible to exchange them for a 43 in the shop on King Street, or do I have to send them back first? Thanks, Ann",
        "👍", "lol", "call me later", "Is the store open on Sunday", "👏👏 great sale", "Wrong number",
    ];

    public static void Run(int count)
    {
        var texts = Enumerable.Range(0, count).Select(i => Texts[i % Texts.Length]).ToArray();
        Measure("folded only (NFKC, lower case)", texts, text => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Length);
        Measure("read for keywords", texts, text => (int)OptOutMatcher.Match(text, "Aurora").Action);
    }

    private static void Measure(string what, string[] texts, Func<string, int> read)
    {
        var best = double.MaxValue;
        long sum = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var text in texts)
                sum += read(text);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{texts.Length:N0} texts {what} in {best * 1000:F0} ms on one core, {texts.Length / best:N0}/s, {best * 1_000_000_000 / texts.Length:F0} ns each (best of {Rounds}; {sum} in sum)"));
    }
}
