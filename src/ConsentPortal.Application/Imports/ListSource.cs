using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Imports;

/// <summary>What the source that a row names says about the consent that it claims.</summary>
internal static class ListSource
{
    private static readonly string[] Bought =
    [
        "purchas", "bought", "buy list", "rented", "rental list", "broker", "scrap", "harvest", "third party list", "3rd party list", "lead list", "lead vendor",
        "data vendor", "append", "gekauft", "achete", "comprad",
    ];

    private static readonly HashSet<string> Written = new(StringComparer.Ordinal)
    {
        "web", "website", "webform", "webshop", "form", "forms", "formular", "formulaire", "formulario", "online", "checkout", "paper", "signed", "card",
        "contract", "app", "landing", "kiosk", "tablet",
    };

    /// <summary>Nobody agrees to be sold: consent given to somebody else is none (CT-07, EU-03).</summary>
    public static bool IsBought(string source)
    {
        var folded = LookupHash.Fold(source).Replace('-', ' ').Replace('_', ' ');
        return Bought.Any(word => folded.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Express in writing only where the source is something written; anything else is express at most.</summary>
    public static ConsentLevel LevelOf(string source)
    {
        var words = LookupHash.Fold(source).Split([' ', '-', '_', '/', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(Written.Contains) ? ConsentLevel.ExpressWritten : ConsentLevel.Express;
    }
}
