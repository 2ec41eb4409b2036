using System.Text.Json;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Commands;

/// <summary>What an import says on standard output, in JSON Lines or in words.</summary>
internal sealed class ImportReport(TextWriter output, ImportOrder order)
{
    public void Row(RowOutcome outcome)
    {
        if (!order.ListsRows)
            return;
        var phone = outcome.E164 is null || order.Reveals ? outcome.E164 : PhoneNumber.Mask(outcome.E164);
        output.WriteLine(order.IsJson
            ? JsonSerializer.Serialize(new ImportRowAnswer(outcome.Row, outcome.Class, phone, outcome.Reason, outcome.FirstRow, outcome.Notes), JsonLines.Options)
            : $"Row {outcome.Row}: {string.Join(", ", new[] { outcome.Class.ToString().ToLowerInvariant(), phone }.Where(part => part is not null))}. {outcome.Remark}".TrimEnd());
    }

    public async Task EndAsync(ImportSummary summary)
    {
        if (order.IsJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new ImportSummaryAnswer(summary), JsonLines.Options));
            return;
        }

        await output.WriteLineAsync(
            $"{Figures.Counted(summary.Total, "row")}: {Figures.Count(summary.New)} new, {Figures.Count(summary.Update)} to update, {Figures.Count(summary.Unchanged)} unchanged, "
            + $"{Figures.Counted(summary.Duplicate, "duplicate")}, {Figures.Count(summary.Invalid)} invalid, {Figures.Count(summary.Refused)} refused.");
        await output.WriteLineAsync(
            $"Among the new and updated, {Figures.Count(summary.WithoutProof)} come without proof of consent and {Figures.Count(summary.NeedsDoubleOptIn)} need to confirm by double opt-in.");
        if (order.IsDryRun)
            await output.WriteLineAsync("This was a dry run: nothing was written.");
    }
}

/// <param name="E164">Masked unless <c>--reveal</c> is given; null where the row holds no number.</param>
/// <param name="Reason">Only of invalid and refused rows.</param>
/// <param name="FirstRow">Only of duplicates.</param>
internal sealed record ImportRowAnswer(int Row, RowClass Class, string? E164, string? Reason, int? FirstRow, IReadOnlyList<string> Notes);

internal sealed record ImportSummaryAnswer(
    int Total, int New, int Update, int Unchanged, int Duplicate, int Invalid, int Refused, int NeedsDoubleOptIn, int WithoutProof)
{
    public ImportSummaryAnswer(ImportSummary summary)
        : this(
            summary.Total, summary.New, summary.Update, summary.Unchanged, summary.Duplicate, summary.Invalid, summary.Refused, summary.NeedsDoubleOptIn, summary.WithoutProof)
    {
    }
}
