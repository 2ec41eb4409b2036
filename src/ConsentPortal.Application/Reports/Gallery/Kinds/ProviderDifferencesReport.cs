using System.Runtime.CompilerServices;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>Where the SMS provider and this portal don't agree whether somebody may be texted, and which of it somebody has explained.</summary>
internal sealed class ProviderDifferencesReport(ProviderDifferenceList list) : GalleryReport
{
    private const int RowsAtOnce = 500;

    private static readonly (ProviderDifference Difference, bool IsExplained)[] Parts =
        [(ProviderDifference.BlockedThere, false), (ProviderDifference.BlockedThere, true), (ProviderDifference.StoppedHere, false), (ProviderDifference.StoppedHere, true)];

    public override ReportDescription Description { get; } = new(
        "provider-differences", "Provider differences", "Numbers that the SMS provider blocks and that would get texts here, and the reverse, with what each side says, as of the last comparison.",
        ReportNeeds.None, Permissions.ViewSubscribers);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var counts = await list.CountAsync(question.Actor, cancellationToken);
        var scope = counts.ComparedAt is { } at ? $"As compared at {ReportWords.Time(at, question.Filter.Zone)}" : "The two sides were not compared yet";
        return new ReportContent(scope, new ReportRows("Differences", Fields, RowsAsync(question, cancellationToken)), () => Blocks(counts));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Difference"), new("Person"), new("Others with the number", true, OnPaper: false), new("Sender"), new("The provider says by"), new("Code", OnPaper: false), new("Said at"), new("Consent here for"),
        new("Agreed at", OnPaper: false), new("Stop here"), new("Stopped at", OnPaper: false), new("Found at", OnPaper: false), new("Explained by"), new("Explanation", OnPaper: false),
    ];

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ReportQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (difference, isExplained) in Parts)
        {
            var (query, before) = (new ProviderDifferenceQuery(difference, isExplained), long.MaxValue);
            while (await ProviderDifferenceList.Matching(question.Db, query).Where(v => v.Id < before).OrderByDescending(v => v.Id).Take(RowsAtOnce).ToListAsync(cancellationToken) is { Count: > 0 } some)
            {
                foreach (var row in await list.RowsAsync(question.Db, some, cancellationToken))
                    yield return Row(row);
                before = some[^1].Id;
            }
        }
    }

    private static IReadOnlyList<object?> Row(ProviderDifferenceRow row) =>
    [
        Name(row.Difference), row.Person?.ToString(), row.Others, row.Sender, ReportWords.Spaced(row.Evidence.ToString()), row.Code, row.SaidAt, string.Join(", ", row.Purposes), row.AgreedAt,
        row.Stop is { } stop ? ReportWords.Spaced(stop.Source.ToString()) : null, row.Stop?.At, row.Since, row.Explained?.Who, row.Explained?.Words,
    ];

    private static string Name(ProviderDifference difference) => difference == ProviderDifference.BlockedThere ? "Blocked there, open here" : "Stopped here, open there";

    private static IReadOnlyList<ReportBlock> Blocks(ProviderDifferenceCounts counts)
    {
        var open = counts.BlockedThere + counts.StoppedHere;
        return
        [
            new ReportBlock.Verdict(
                open == 0 ? ReportTone.Good : ReportTone.Waiting,
                open == 0 ? "No difference waits for anybody." : $"{ReportWords.Counted(open, "difference waits", "differences wait")} for somebody to apply or explain it.",
                "A stop that the provider reports with a receipt is applied here at once and is no difference."),
            new ReportBlock.KeyFigures(
            [
                new("Blocked there, open here", ReportWords.Count(counts.BlockedThere)), new("Stopped here, open there", ReportWords.Count(counts.StoppedHere)),
                new("Explained", ReportWords.Count(counts.Explained)), new("Numbers heard of", ReportWords.Count(counts.Known), "about which the provider has said anything"),
            ]),
        ];
    }
}
