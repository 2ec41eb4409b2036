using System.Globalization;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>The title block of the first page, and the head and foot of every page.</summary>
internal static class ReportHeadLayout
{
    private const float HeadBaseline = 44;
    private const float FootHeight = 58;

    public static void Place(ReportHead head, PageFlow flow, TextShaper shaper)
    {
        var title = TextLines.Of(shaper, head.Title, Ink.Title, shaper.Sheet.Measure);
        var subtitle = TextLines.Of(shaper, head.Subtitle, Ink.Subtitle, shaper.Sheet.Measure);
        var made = TextLines.Of(shaper, Made(head), Ink.BodyQuiet, shaper.Sheet.Measure);
        var top = flow.Y + 4;
        title.Draw(flow.Page, shaper, Sheet.Left, top);
        subtitle.Draw(flow.Page, shaper, Sheet.Left, top + title.Height + 2);
        made.Draw(flow.Page, shaper, Sheet.Left, top + title.Height + subtitle.Height + 8);
        flow.Take(title.Height + subtitle.Height + made.Height + 16);
    }

    public static void DrawMargins(PageSketch sketch, TextShaper shaper, ReportHead head, int page, int pages)
    {
        var foot = shaper.Sheet.Height - FootHeight;
        sketch.Fill(SKRect.Create(Sheet.Left, HeadBaseline - 7.5f, 8, 8), Ink.Accent, 2);
        shaper.Draw(sketch, shaper.Cut(head.Organisation, Ink.SmallStrong, shaper.Sheet.Measure / 2), Ink.SmallStrong, Sheet.Left + 13, HeadBaseline);
        if (page > 1)
            Right(sketch, shaper, shaper.Cut(head.Title, Ink.Small, shaper.Sheet.Measure / 2 - 24), Ink.Small, HeadBaseline);
        sketch.Rule(Sheet.Left, shaper.Sheet.Right, foot, Ink.Line);
        var log = head.Log is { } state
            ? string.Create(CultureInfo.InvariantCulture, $"Audit log: {state.Size:N0} entries, root {state.Root}")
            : "Audit log: nothing was sealed yet";
        shaper.Draw(sketch, log, Ink.Small, Sheet.Left, foot + 14);
        var made = $", {PdfWriter.Time(head.MadeAt)}{(head.Code is null ? "" : $" · {head.Code}")}";
        shaper.Draw(sketch, shaper.Cut($"Made by {head.MadeBy}", Ink.Small, shaper.Sheet.Measure - shaper.Width(made, Ink.Small)) + made, Ink.Small, Sheet.Left, foot + 25);
        // What does not fit on the line stands whole in the title block.
        if (Limits(head) is { } limits)
            shaper.Draw(sketch, shaper.Cut(limits, Ink.Small, shaper.Sheet.Measure), Ink.Small, Sheet.Left, foot + 36);
        Right(sketch, shaper, string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}"), Ink.SmallStrong, foot + 14);
    }

    /// <summary>The filter and the policies, on each page: a single sheet says what it is a part of.</summary>
    private static string? Limits(ReportHead head) => (head.Scope, head.Policies) switch
    {
        (null, null) => null,
        ({ } scope, null) => $"Filter: {scope}",
        (null, { } policies) => $"Policy versions: {policies}",
        ({ } scope, { } policies) => $"Policy versions: {policies} · Filter: {scope}",
    };

    private static string Made(ReportHead head) =>
        $"Made by {head.MadeBy} for {head.Organisation} on {PdfWriter.Time(head.MadeAt)}{(head.Scope is null ? "" : $" · {head.Scope}")}";

    private static void Right(PageSketch sketch, TextShaper shaper, string text, TextStyle style, float y) =>
        shaper.Draw(sketch, text, style, shaper.Sheet.Right - shaper.Width(text, style), y);
}
