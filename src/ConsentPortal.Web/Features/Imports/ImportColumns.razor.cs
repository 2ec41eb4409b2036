using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>Says which column holds what, with the values of the first rows beside it.</summary>
public sealed partial class ImportColumns
{
    private const string None = "";

    [Parameter, EditorRequired]
    public required ImportFile File { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<IReadOnlyList<string>> Samples { get; set; }

    /// <summary>Field to column, as in <see cref="ColumnMap"/>.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Columns { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyDictionary<string, string>> ColumnsChanged { get; set; }

    private IEnumerable<string> Headers => File.Headers.Where(header => header.Trim().Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);

    private IReadOnlyList<string> Unused
    {
        get
        {
            var used = Columns.Where(c => !ColumnMap.IsAttribute(c.Key)).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
            return [.. Headers.Where(header => !used.Contains(header))];
        }
    }

    private static IEnumerable<AttributeType?> Types => Enum.GetValues<AttributeType>().Where(type => type != AttributeType.Text).Cast<AttributeType?>().Prepend(null);

    private bool IsKept(string header) => Kept(header) is not null;

    private AttributeType? TypeOf(string header) => Kept(header)?.Type;

    private AttributeColumn? Kept(string header) => new ColumnMap(Columns).AttributeColumns.FirstOrDefault(a => a.Column == header);

    private Task KeepAsync(string header, bool keep, AttributeType? type = null)
    {
        var columns = Columns.Where(c => !ColumnMap.IsAttribute(c.Key) || c.Value != header).ToDictionary(StringComparer.Ordinal);
        if (keep)
            columns[ColumnMap.AttributeField(header.Trim(), type)] = header;
        return ColumnsChanged.InvokeAsync(columns);
    }

    private static string Words(AttributeType? type) => type is not { } known ? "Text, or as it is known" : known switch
    {
        AttributeType.Text => "Text",
        AttributeType.Number => "Number",
        AttributeType.Date => "Date",
        AttributeType.Flag => "Yes or no",
        AttributeType.List => "List: a; b; c",
    };

    private Task SetAsync(string field, string? column)
    {
        var columns = new Dictionary<string, string>(Columns, StringComparer.Ordinal);
        if (string.IsNullOrEmpty(column))
            columns.Remove(field);
        else
            columns[field] = column;
        // A column that is a field of its own is no custom attribute beside it.
        foreach (var kept in columns.Where(c => ColumnMap.IsAttribute(c.Key) && c.Value == column).ToList())
            columns.Remove(kept.Key);
        return ColumnsChanged.InvokeAsync(columns);
    }

    private string Sample(string field)
    {
        if (Columns.GetValueOrDefault(field) is not { } column)
            return "";
        var index = File.Headers.ToList().IndexOf(column);
        var values = Samples.Select(row => row[index].Trim()).Where(value => value.Length > 0);
        return string.Join(" · ", field == ColumnMap.Phone ? values.Select(Masked) : values);
    }

    private static string Masked(string value) => PhoneNumber.Parse(value, null).TryGet(out var phone, out _)
        ? phone.ToString()
        : value.Length > 4 ? $"••• {value[^4..]}" : "•••";
}
