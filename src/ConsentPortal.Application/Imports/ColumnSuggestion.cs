using ConsentPortal.Application.Database.Encryption;

namespace ConsentPortal.Application.Imports;

/// <summary>Guesses from the header row which column holds what; the importer confirms or corrects it.</summary>
public static class ColumnSuggestion
{
    // Longer and surer words first: "SMS consent date" is a date before it is a consent.
    private static readonly (string Field, string[] Words)[] Hints =
    [
        (ColumnMap.ConsentAt, ["consentgivenat", "consentdate", "consentat", "consenttimestamp", "optindate", "optinat", "optintime", "subscribedat", "subscribedon", "consentedat", "agreedat", "agreedon"]),
        (ColumnMap.Phone, ["mobileno", "mobilenumber", "mobilephone", "mobile", "cellphone", "cell", "phonenumber", "phone", "msisdn", "telephone", "handy", "movil", "portable", "tel", "number"]),
        (ColumnMap.Consent, ["smsconsent", "consent", "smsoptin", "optin", "optedin", "smsstatus", "subscribed", "subscription", "permission", "marketing"]),
        (ColumnMap.ExternalId, ["externalid", "customerid", "customerno", "customernumber", "contactid", "memberid", "crmid", "userid", "id"]),
        (ColumnMap.FirstName, ["firstname", "givenname", "forename", "vorname", "prenom", "nombre"]),
        (ColumnMap.LastName, ["lastname", "surname", "familyname", "nachname", "nom", "apellido"]),
        (ColumnMap.Country, ["countrycode", "country", "region", "land", "pays", "pais"]),
        (ColumnMap.Language, ["language", "locale", "lang", "sprache", "langue", "idioma"]),
        (ColumnMap.Source, ["source", "consentsource", "origin", "signupsource", "channel", "quelle", "herkunft"]),
    ];

    /// <returns>Field to column; a field for which nothing fits is left out, and no column is given twice.</returns>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyList<string> headers)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var folded = headers.Select(header => (Header: header, Key: Key(header))).ToList();
        foreach (var (field, words) in Hints)
        {
            var found = words.Select(word => folded.FirstOrDefault(h => h.Key == word && !taken.Contains(h.Header)).Header)
                .Concat(words.Where(word => word.Length > 4)
                    .Select(word => folded.FirstOrDefault(h => h.Key.Contains(word, StringComparison.Ordinal) && !taken.Contains(h.Header)).Header))
                .FirstOrDefault(header => header is not null);
            if (found is null)
                continue;
            map[field] = found;
            taken.Add(found);
        }

        return map;
    }

    private static string Key(string header) => string.Concat(LookupHash.Fold(header).Where(char.IsAsciiLetterOrDigit));
}
