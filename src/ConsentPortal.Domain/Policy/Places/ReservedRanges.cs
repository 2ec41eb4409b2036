using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>
/// Numbers set aside for fiction, tests and documentation, many of which the numbering metadata calls valid (O-05).
/// </summary>
internal static partial class ReservedRanges
{
    /// <param name="e164">Starts with "+".</param>
    public static bool Contains(string e164) => e164.Length > 2 && e164[1] switch
    {
        '1' => NorthAmerica().IsMatch(e164),
        '3' => France().IsMatch(e164),
        '4' => UnitedKingdom().IsMatch(e164) || Germany().IsMatch(e164) || Sweden().IsMatch(e164),
        '6' => Australia().IsMatch(e164),
        _ => false,
    };

    // 555-0100 to 0199, directory assistance, exchanges N11, providers' magic numbers, keyboards' favourites.
    [GeneratedRegex(@"^\+1(\d{3}555(01\d\d|1212)|\d{4}11\d{4}|50055500\d\d|1234567890|(?<digit>\d)\k<digit>{9})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex NorthAmerica();

    // ARCEP: 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98.
    [GeneratedRegex(@"^\+33(19900|26191|35301|46571|53649|63998)\d{4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex France();

    // Ofcom's numbers for drama.
    [GeneratedRegex(
        @"^\+44(7700900|1632960|2079460|3069990|8081570|9098790|(11[3-8]|121|131|141|151|161)4960|1914980|2896496|2920180)\d{3}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex UnitedKingdom();

    // Bundesnetzagentur's numbers for drama, and a block used in documentation.
    [GeneratedRegex(@"^\+49((3023125|6990009|4066969|2214710|8999998)\d{3}|17139200\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Germany();

    [GeneratedRegex(@"^\+46701740(60[5-9]|6[1-9]\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Sweden();

    // ACMA's numbers for use in radio, film and television.
    [GeneratedRegex(@"^\+61([2378](5550|7010)\d{4}|491570(006|110|15[6-9]))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Australia();
}
