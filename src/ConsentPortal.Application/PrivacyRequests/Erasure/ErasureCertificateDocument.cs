using ConsentPortal.Application.Reports;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>How an erasure is certified: what was done, where it was looked for, what stays and why.</summary>
internal static class ErasureCertificateDocument
{
    public static ReportDocument Of(ErasureFacts facts, ReportHead head) => new(head,
    [
        new ReportBlock.Verdict(ReportTone.Good, "The person's data has been erased.", $"Erased on {PdfWriter.Time(facts.ErasedAt)}; a search of every table and file afterwards found nothing."),
        new ReportBlock.Facts(
        [
            new("Request", $"DSR-{facts.Request.Number}, received {PdfWriter.Time(facts.Request.ReceivedAt)} by {facts.Request.Source.ToLowerInvariant()}"),
            new("Answer due", ReportWords.Date(facts.Request.DueOn)),
            new("Identity", facts.Request.VerifiedBy is { } how ? $"{how}, {PdfWriter.Time(facts.Request.VerifiedAt!.Value)}" : "–"),
            new("Asked for by", facts.AskedBy),
            new("Approved by", facts.ApprovedBy),
            new("Subject", $"{facts.Request.SubscriberId}", IsCode: true),
            .. facts.Keys.Select(key => new ReportFact("Destroyed key", key, IsCode: true)),
        ]),
        new ReportBlock.Heading("What was erased"),
        new ReportBlock.Table([new("Store"), new("What was done")], [.. facts.Stores.Select(Store)]),
        new ReportBlock.Heading("How it was checked"),
        new ReportBlock.KeyFigures(
        [
            new("Tables searched", ReportWords.Count(facts.Tables)), Rows(facts),
            new("Files read", ReportWords.Count(facts.Files), Size(facts.Bytes)), new("Found", "0"),
        ]),
        new ReportBlock.Paragraph(
            $"Looked for were {LookedFor(facts.Searches[0])}; an id of fewer than nine digits alone stands in any log by chance and was left out. One name alone, of four letters and more, was looked for as a whole word in the rows that are the person's: elsewhere it is other people's. Every text and byte column of every table was searched, and every file below the portal's data folder. An embedded database is one of these files: it was read byte by byte, its free pages included, and where a row is longer than a page, the end of each of its pieces together with the beginning of the next.", IsQuiet: true),
        .. Searches(facts),
        .. ToLookAt(facts),
        new ReportBlock.Heading("At the SMS provider"),
        new ReportBlock.Paragraph(Provider(facts)),
        .. ProviderRemains(facts),
        new ReportBlock.Heading("What stays, and why"),
        new ReportBlock.Table([new("Kept"), new("Ground"), new("Until")], [.. SubscriberErasure.Kept.Select(kept => Kept(kept, facts))]),
        new ReportBlock.Paragraph(Backups(facts), IsQuiet: true),
        new ReportBlock.Heading("Where this can be checked"),
        .. Log(facts, head),
    ]);

    private static IReadOnlyList<string> Store(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? [line, ""] : [line[..colon], char.ToUpperInvariant(line[colon + 2]) + line[(colon + 3)..]];
    }

    private static IReadOnlyList<string> Kept(KeptThing kept, ErasureFacts facts) =>
        [kept.What, kept.Ground, Whole(kept.IsTheRequest ? ReportWords.Date(facts.RequestGoesOn) : "No end is set")];

    // Beside two columns of sentences a date would be broken.
    private static string Whole(string text) => text.Replace(' ', '\u00A0');

    private static string Backups(ErasureFacts facts)
    {
        var held = $"Copies of the database that were made before {PdfWriter.Time(facts.ErasedAt)} hold the sealed data and its wrapped key";
        return facts.BackupDays is { } days
            ? $"{held}. They live for {ReportWords.Counted(days, "day", "days")}: the last of them is overwritten on {ReportWords.Date(DateOnly.FromDateTime(facts.ErasedAt.UtcDateTime).AddDays(days))}. After restoring one, this erasure has to be repeated."
            : $"{held} until they are overwritten; nobody has recorded for how long copies live. After restoring one, this erasure has to be repeated.";
    }

    private static string LookedFor(ErasureSearch search) => search.LookedFor.Count == 0
        ? "the number in several spellings, the full name, and the id in another system"
        : $"{TraceWords.Joined(search.LookedFor)}, each in the ways in which it is written";

    /// <summary>Where more than one was needed, what each looked for: whoever searches again has to be told by others whom.</summary>
    private static IEnumerable<ReportBlock> Searches(ErasureFacts facts)
    {
        if (facts.Searches.Count > 1)
        {
            yield return new ReportBlock.Table(
                [new("Search"), new("Looked for"), new("Found in", ReportAlign.Right)],
                [.. facts.Searches.Select(s => (IReadOnlyList<string>)[PdfWriter.Time(s.At), s.LookedFor.Count == 0 ? "Not kept" : TraceWords.Joined(s.LookedFor), ReportWords.Counted(s.FoundIn, "place", "places")])]);
        }

        if (facts.Searches.SelectMany(s => s.NotLookedFor).ToList() is { Count: > 0 } missing)
            yield return new ReportBlock.Paragraph($"Not looked for, because the erasure was cut off before its first search and nobody could say it any more: {TraceWords.Joined(missing)}.");
    }

    private static IEnumerable<ReportBlock> ToLookAt(ErasureFacts facts)
    {
        if (facts.ToLookAt.Count > 0)
            yield return new ReportBlock.Paragraph($"To look at: one name alone, or a word that is written like it, stands in the person's rows of {string.Join(", ", facts.ToLookAt)}. Entries of the audit trail can't be changed.");
    }

    /// <summary>An embedded database is searched as a file, with the seams of its long rows; another one row by row.</summary>
    private static KeyFigure Rows(ErasureFacts facts) => facts.Values == 0
        ? new("Seams read", ReportWords.Count(facts.Seams), "where a long row goes on")
        : new("Values read", ReportWords.Count(facts.Values), "row by row, beside the files");

    private static string Size(long bytes) => bytes < 1 << 20 ? "less than 1 MB" : $"{ReportWords.Count(bytes >> 20)} MB";

    private static string Provider(ErasureFacts facts) => facts.Provider.Asked == 0
        ? "No text of this person had gone through the provider."
        : $"Vonage was asked to erase {ReportWords.Counted(facts.Provider.Asked, "text", "texts")}: {ReportWords.Count(facts.Provider.Gone)} are gone there, {ReportWords.Count(facts.Provider.Open)} have to be asked for again, {ReportWords.Count(facts.Provider.Refused)} were refused.";

    /// <summary>What the provider's answer does not reach, and what it still owes.</summary>
    private static IEnumerable<ReportBlock> ProviderRemains(ErasureFacts facts)
    {
        if (facts.Provider.Asked == 0)
            yield break;
        if (facts.Provider.Open + facts.Provider.Refused > 0 && facts.Request.Outcome?.Split(" Open:") is [_, var open])
            yield return new ReportBlock.Paragraph($"Open when this was made:{open}");
        yield return new ReportBlock.Paragraph(
            $"Vonage's server logs are not reached by its erasure. They fade out within about a month: not later than {ReportWords.Date(DateOnly.FromDateTime(facts.Provider.At.UtcDateTime).AddMonths(1))} for what had been answered by {PdfWriter.Time(facts.Provider.At)}.", IsQuiet: true);
    }

    private static IEnumerable<ReportBlock> Log(ErasureFacts facts, ReportHead head)
    {
        List<ReportFact> lines = [];
        if (facts.LeafIndex is { } index)
        {
            lines.Add(new ReportFact("Log entry of the erasure", ReportWords.Count(index)));
            lines.Add(new ReportFact("SHA-256 of that entry", facts.LeafHash!, IsCode: true));
        }

        if (head.Log is { } log)
            lines.Add(new ReportFact("Root of the log", log.Root, IsCode: true));
        if (lines.Count > 0)
            yield return new ReportBlock.Facts(lines);
        yield return new ReportBlock.QrCode($"ConsentPortal report {head.Code}", $"Verification code {head.Code}", "Under this code the audit trail holds the SHA-256 of this very file.");
    }
}

/// <param name="Ground">Why it may stay.</param>
/// <param name="IsTheRequest">It goes with the retention job on the day that the schedule sets; the others have no end.</param>
internal sealed record KeptThing(string What, string Ground, bool IsTheRequest = false);
