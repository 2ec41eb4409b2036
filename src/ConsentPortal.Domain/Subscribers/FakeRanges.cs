namespace ConsentPortal.Domain.Subscribers;

/// <summary>
/// Numbers that numbering plans call valid and that belong to nobody: reserved by regulators for drama, documentation and
/// tests, or obvious fillers (O-05). Sources: NANPA (555 line numbers), Ofcom (numbers for use in TV and radio drama),
/// ACMA (fictitious numbers), Bundesnetzagentur (Mitteilung on drama numbers), ARCEP (numéros fictifs), PTS.
/// </summary>
public static class FakeRanges
{
    private static readonly string[] CityBlocks =
        ["113496", "114496", "115496", "116496", "117496", "118496", "121496", "131496", "141496", "151496", "161496", "191498"];

    private static readonly (string From, string To)[] Ranges =
    [
        .. CityBlocks.Select(block => ($"+44{block}0000", $"+44{block}0999")),
        ("+442079460000", "+442079460999"),
        ("+442896496000", "+442896496999"),
        ("+442920180000", "+442920180999"),
        ("+443069990000", "+443069990999"),
        ("+441632960000", "+441632960999"),
        ("+447700900000", "+447700900999"),
        ("+448081570000", "+448081570999"),
        ("+449098790000", "+449098790999"),
        ("+61491570006", "+61491570006"),
        ("+61491570110", "+61491570110"),
        ("+61491570156", "+61491570159"),
        ("+61255500000", "+61255509999"),
        ("+61355500000", "+61355509999"),
        ("+61755500000", "+61755509999"),
        ("+61855500000", "+61855509999"),
        ("+61270100000", "+61270109999"),
        ("+61370100000", "+61370109999"),
        ("+61770100000", "+61770109999"),
        ("+61870100000", "+61870109999"),
        ("+493023125000", "+493023125999"),
        ("+496990009000", "+496990009999"),
        ("+494066969000", "+494066969999"),
        ("+492214710000", "+492214710999"),
        ("+498999998000", "+498999998999"),
        ("+491713920000", "+491713920099"),
        ("+33639980000", "+33639989999"),
        ("+33199000000", "+33199009999"),
        ("+33261910000", "+33261919999"),
        ("+33353010000", "+33353019999"),
        ("+33465710000", "+33465719999"),
        ("+33536490000", "+33536499999"),
        ("+46701740605", "+46701740699"),
    ];

    /// <param name="e164">A number in E.164, plus sign included.</param>
    public static bool Contains(string e164)
    {
        ArgumentNullException.ThrowIfNull(e164);
        return IsNorthAmericanFiller(e164) || IsFiller(e164) || Array.Exists(Ranges, range => IsWithin(e164, range));
    }

    private static bool IsWithin(string e164, (string From, string To) range) =>
        e164.Length == range.From.Length
        && string.CompareOrdinal(e164, range.From) >= 0
        && string.CompareOrdinal(e164, range.To) <= 0;

    // +1 NPA NXX XXXX: 555-0100…0199 is for fiction, 555-1212 is directory assistance, an N11 exchange is a service code.
    private static bool IsNorthAmericanFiller(string e164)
    {
        if (e164.Length != 12 || !e164.StartsWith("+1", StringComparison.Ordinal))
            return false;
        var national = e164.AsSpan(2);
        var exchange = national[3..6];
        var line = national[6..];
        return exchange is "555" && (line.StartsWith("01") || line is "1212")
            || exchange[1..] is "11"
            || national is "1234567890"
            || (national[..3] is "500" && exchange is "555" && line.StartsWith("00"));
    }

    // What follows the calling code is the same digit throughout, as in +1 222 222 2222.
    private static bool IsFiller(string e164)
    {
        var national = e164.AsSpan(Math.Min(1 + CallingCodeLength(e164), e164.Length));
        return national.Length >= 7 && !national.ContainsAnyExcept(national[0]);
    }

    // ITU-T E.164: zones 1 and 7 have one digit, and these have two; every other calling code has three.
    private static int CallingCodeLength(string e164) => e164.Length < 3 ? 0 : e164[1] switch
    {
        '1' or '7' => 1,
        '2' => e164[2] is '0' or '7' ? 2 : 3,
        '3' => e164[2] is '5' or '7' or '8' ? 3 : 2,
        '4' => e164[2] is '2' ? 3 : 2,
        '5' => e164[2] is '0' or '9' ? 3 : 2,
        '6' => e164[2] is '7' or '8' or '9' ? 3 : 2,
        '8' => e164[2] is '1' or '2' or '4' or '6' ? 2 : 3,
        '9' => e164[2] is '6' or '7' or '9' ? 3 : 2,
        _ => 3,
    };
}
