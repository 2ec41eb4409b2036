using ConsentPortal.Application.Imports;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>How each class of row is called and coloured on the pages.</summary>
internal static class ImportClasses
{
    public static IReadOnlyList<ImportClassView> All { get; } =
    [
        new(RowClass.New, "new", "New", "New", Meaning.Granted, "not known before"),
        new(RowClass.Update, "update", "To update", "Update", Meaning.Granted, "known, something changes"),
        new(RowClass.Unchanged, "unchanged", "Unchanged", "Unchanged", Meaning.Neutral, "known, nothing changes"),
        new(RowClass.Duplicate, "duplicate", "Duplicates", "Duplicate", Meaning.Withdrawn, "the number stands in an earlier row"),
        new(RowClass.Invalid, "invalid", "Invalid", "Invalid", Meaning.Blocked, "no number that can be texted"),
        new(RowClass.Refused, "refused", "Refused", "Refused", Meaning.Blocked, "the person decided otherwise, or the list may not be used"),
    ];

    public static ImportClassView Of(RowClass kind) => All.First(c => c.Class == kind);

    /// <returns>Null where no class has that name.</returns>
    public static ImportClassView? Named(string? name) => All.FirstOrDefault(c => c.Name == name);

    public static int CountOf(this ImportSummary summary, RowClass kind) => kind switch
    {
        RowClass.New => summary.New,
        RowClass.Update => summary.Update,
        RowClass.Unchanged => summary.Unchanged,
        RowClass.Duplicate => summary.Duplicate,
        RowClass.Invalid => summary.Invalid,
        RowClass.Refused => summary.Refused,
    };
}

/// <param name="Name">As it stands in addresses and files.</param>
/// <param name="Label">Over a count; <paramref name="Word"/> beside one row.</param>
internal sealed record ImportClassView(RowClass Class, string Name, string Label, string Word, Meaning Meaning, string Detail);
