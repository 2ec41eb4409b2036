using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Benchmarks.Policy;

/// <summary>
/// Decides on so many texts on one core, with all fifteen gates and every rule that applies, beside a floor: finding out what
/// time it is for the recipient, and nothing else.
/// </summary>
internal static class DecisionRun
{
    private const int Rounds = 3;
    private const int People = 5_000;

    // Open and shut hours, countries with and without laws of their own, area codes in one zone and in two.
    private static readonly string[] Prefixes = ["+1212736", "+1305358", "+1214748", "+1503224", "+1860522", "+1801532", "+1850200", "+1416863", "+336123", "+491701", "+614123", "+447400"];

    private static readonly DateTimeOffset Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    public static void Run(int count)
    {
        var people = Enumerable.Range(0, People).Select(Facts).ToArray();
        var zones = Array.ConvertAll(people, facts => TimeZoneInfo.FindSystemTimeZoneById(facts.To.Zones.Count > 0 ? facts.To.Zones[0] : "Etc/UTC"));
        Measure("the recipient's local time only", count, i => TimeZoneInfo.ConvertTime(At(i), zones[i % People]).Hour);
        Measure("decided", count, i => (int)SendPolicy.Evaluate(people[i % People], PolicyVersion.Default, At(i)).Kind);
        Measure("decided, with the compact form that the ledger keeps", count, i => SendPolicy.Evaluate(people[i % People], PolicyVersion.Default, At(i)).Compact.FailedGates);
    }

    private static DateTimeOffset At(int i) => Start.AddSeconds(i * 37 % 86_400);

    private static SendFacts Facts(int i) => new()
    {
        MessageClass = MessageClass.Marketing, To = Recipient.Of(string.Create(CultureInfo.InvariantCulture, $"{Prefixes[i % Prefixes.Length]}{1000 + (i / Prefixes.Length)}")), Brand = "Aurora",
        Consent = new SendConsent { State = ConsentStatus.Granted, Level = ConsentLevel.ExpressWritten, Method = CaptureMethod.WebForm, GrantedAt = Start.AddDays(-100), DoubleOptInBy = DoubleOptIn.Sms, Brand = "Aurora", EventId = i },
        Suppression = i % 50 == 0 ? SuppressionScope.All : null, PromisedPerMonth = 4, Body = new MessageBody("Aurora: new boots are in. Reply STOP to opt out."),
        RecentSends = i % 3 == 0 ? [new RecentSend(Start.AddDays(-9), MessageClass.Marketing), new RecentSend(Start.AddHours(-20), MessageClass.Marketing)] : [],
        Sender = new SenderFacts("+12025550111", true, true), Reassigned = new ReassignedCheck(ReassignedAnswer.No, Start.AddDays(-4)),
    };

    private static void Measure(string what, int count, Func<int, int> decide)
    {
        // Rule sets are joined and compiled once for each kind of recipient; a campaign pays for that once, too.
        for (var i = 0; i < Math.Min(count, People * 2); i++)
            decide(i);
        var (best, bytes, sum) = (double.MaxValue, 0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < count; i++)
                sum += decide(i);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} texts, {what}: {count / best:N0}/s on one core, {best * 1_000_000_000 / count:N0} ns and {(double)bytes / count:N0} bytes each (best of {Rounds}; {sum} in sum)"));
    }
}
