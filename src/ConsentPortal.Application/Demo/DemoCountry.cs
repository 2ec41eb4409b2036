using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Demo;

/// <summary>Where some of the demo people live, and how their numbers and names look.</summary>
/// <param name="Weight">Of 100 people.</param>
/// <param name="Prefixes">Country code and the first digits of mobile numbers there; for North America the area code.</param>
/// <param name="Digits">How many random digits follow a prefix.</param>
internal sealed record DemoCountry(
    string Region, int Weight, string Language, IReadOnlyList<string> Prefixes, int Digits, IReadOnlyList<string> FirstNames, IReadOnlyList<string> LastNames)
{
    private static readonly string[] EnglishFirst =
        ["Ava", "Noah", "Mia", "Liam", "Zoe", "Ethan", "Ruth", "Caleb", "Nora", "Isaac", "Grace", "Owen", "Leah", "Jonah", "Iris", "Miles", "Tessa", "Amara", "Dev", "Hana", "Marcus", "Yara"];

    private static readonly string[] EnglishLast =
        ["Okafor", "Bennett", "Alvarez", "Kowalski", "Nguyen", "Carter", "Shah", "Whitfield", "Reyes", "Sullivan", "Osei", "Fischer", "Delgado", "Hughes", "Park", "Moreau", "Abbott", "Lindgren", "Castillo", "Byrne"];

    public static IReadOnlyList<DemoCountry> All { get; } =
    [
        new("US", 42, "en", ["+1212", "+1415", "+1305", "+1512", "+1312", "+1206", "+1617", "+1404", "+1713", "+1602", "+1303", "+1808"], 7, EnglishFirst, EnglishLast),
        new("CA", 9, "en", ["+1416", "+1604", "+1514", "+1403", "+1902"], 7, EnglishFirst, EnglishLast),
        new("GB", 12, "en", ["+447700", "+447911", "+447400", "+447830", "+447540"], 6, EnglishFirst, EnglishLast),
        new("DE", 11, "de", ["+49151", "+49170", "+49160", "+49175"], 8,
            ["Lukas", "Mia", "Jonas", "Emma", "Finn", "Lea", "Paul", "Clara", "Felix", "Ida", "Jürgen", "Käthe"], ["Müller", "Schäfer", "Weiß", "Köhler", "Brandt", "Vogel", "Krämer", "Lorenz", "Böhm", "Seidel"]),
        new("FR", 10, "fr", ["+336", "+337"], 8,
            ["Camille", "Hugo", "Chloé", "Louis", "Inès", "Jules", "Manon", "Théo", "Zoé", "René"], ["Lefèvre", "Moreau", "Garnier", "Dubois", "Faure", "Chevalier", "Renaud", "Perrin"]),
        new("ES", 7, "es", ["+346"], 8,
            ["Lucía", "Mateo", "Sofía", "Diego", "Íñigo", "Carmen", "Pablo", "Nuria"], ["García", "Núñez", "Ortega", "Ibáñez", "Serrano", "Vidal", "Peña", "Castro"]),
        new("AU", 6, "en", ["+614"], 8, EnglishFirst, EnglishLast),
        new("SG", 3, "en", ["+658", "+659"], 7, ["Wei", "Mei", "Jun", "Hui", "Arjun", "Siti", "Kai", "Li"], ["Tan", "Lim", "Lee", "Ng", "Rahman", "Pillai", "Chua", "Goh"]),
    ];

    /// <summary>A number that the portal would accept; invented, and of nobody in particular.</summary>
    public PhoneNumber Number(Random random)
    {
        while (true)
        {
            var prefix = Prefixes[random.Next(Prefixes.Count)];
            var rest = string.Concat(Enumerable.Range(0, Digits).Select(_ => (char)('0' + random.Next(10))));
            if (PhoneNumber.Parse(prefix + rest, null) is { IsSuccess: true } number && number.Value.Region == Region)
                return number.Value;
        }
    }
}
