using ConsentPortal.Application.Imports;
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
            var used = Columns.Where(c => !c.Key.StartsWith(ColumnMap.AttributePrefix, StringComparison.Ordinal)).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
            return [.. Headers.Where(header => !used.Contains(header))];
        }
    }

    private bool IsKept(string header) => Columns.ContainsKey(ColumnMap.AttributePrefix + header.Trim());

    private Task KeepAsync(string header, bool keep) => SetAsync(ColumnMap.AttributePrefix + header.Trim(), keep ? header : None);

    private Task SetAsync(string field, string? column)
    {
        var columns = new Dictionary<string, string>(Columns, StringComparer.Ordinal);
        if (string.IsNullOrEmpty(column))
            columns.Remove(field);
        else
            columns[field] = column;
        // A column that is a field of its own is no custom attribute beside it.
        if (!string.IsNullOrEmpty(column) && !field.StartsWith(ColumnMap.AttributePrefix, StringComparison.Ordinal))
            columns.Remove(ColumnMap.AttributePrefix + column.Trim());
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
