using ConsentPortal.Application.Imports;

namespace ConsentPortal.Web.Features.Imports;

/// <param name="Field">A field of <see cref="ColumnMap"/>.</param>
/// <param name="Hint">What the column has to hold, for the person who maps it.</param>
internal sealed record ImportField(string Field, string Label, string Hint)
{
    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(ColumnMap.Phone, "Phone number", "Needed. In any spelling; without a country code the row's country or the default is assumed."),
        new(ColumnMap.Country, "Country", "Where the person lives: a code or a name."),
        new(ColumnMap.FirstName, "First name", "Found by search, stored encrypted."),
        new(ColumnMap.LastName, "Last name", "Found by search, stored encrypted."),
        new(ColumnMap.ExternalId, "Customer number", "The person's number in your own system."),
        new(ColumnMap.Language, "Language", "Two letters, such as en."),
        new(ColumnMap.Consent, "Consent", "Yes or no. A no is always recorded; a yes needs a date and a source."),
        new(ColumnMap.ConsentAt, "Consent given at", "Dates like 3/11/2025 are read day first."),
        new(ColumnMap.Source, "Source", "Where the person agreed, such as web form. Bought lists are refused."),
    ];
}
