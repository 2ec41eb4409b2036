using System.Globalization;
using CsvHelper;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// The lists of a package as tables for a spreadsheet. Whatever a cell begins with, no spreadsheet runs it: words of texts come
/// from anybody.
/// </summary>
internal static class AccessTables
{
    public static IEnumerable<(string Name, byte[] Bytes)> Of(PersonData data)
    {
        yield return ("consents.csv", Write(
            ["Purpose", "Brand", "Event", "At (UTC)", "Channel", "Legal basis", "Level", "Double opt-in", "Act of the person", "Wording", "Recorded by", "Note"],
            data.Consents.SelectMany(c => c.Events.Select(e => (IReadOnlyList<string?>)
                [c.Purpose, c.Brand, e.Kind, Time(e.At), e.Channel, e.LegalBasis, e.Level, e.DoubleOptIn, Flag(e.IsActOfPerson), e.Wording?.Text, e.RecordedBy, e.Note]))));
        yield return ("messages.csv", Write(
            ["Direction", "At (UTC)", "Words", "Kind", "Purpose", "Campaign", "State"],
            data.Texts.Select(t => (IReadOnlyList<string?>)[t.Direction, Time(t.At), t.Words, t.Kind, t.Purpose, t.Campaign, t.State])));
        yield return ("decisions.csv", Write(
            ["At (UTC)", "Kind", "Purpose", "Decision", "Reason", "Rule", "Policy version", "Consent event"],
            data.Texts.Where(t => t.Decision is not null).Select(t => (IReadOnlyList<string?>)
                [Time(t.At), t.Kind, t.Purpose, t.Decision, t.Reason, t.Rule, t.PolicyVersion?.ToString(CultureInfo.InvariantCulture), t.ConsentEvent?.ToString(CultureInfo.InvariantCulture)])));
        yield return ("requests.csv", Write(
            ["Request", "Kind", "Law", "Received (UTC)", "Due", "Outcome", "Closed (UTC)", "Of the record"],
            data.Requests.Select(r => (IReadOnlyList<string?>)
                [r.Number, r.Kind, r.Regime, Time(r.ReceivedAt), r.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.Status, r.ClosedAt is { } closed ? Time(closed) : null, Flag(r.IsOfRecord)])));
    }

    private static byte[] Write(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            Write(csv, headers);
            foreach (var row in rows)
                Write(csv, row);
            csv.Flush();
        }

        return bytes.ToArray();
    }

    private static void Write(CsvWriter csv, IReadOnlyList<string?> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        csv.EndRecord();
    }

    private static string Flag(bool isSo) => isSo ? "yes" : "no";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
