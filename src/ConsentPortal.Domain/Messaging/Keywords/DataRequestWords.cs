using System.Collections.Frozen;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// Whole texts by which a person asks for their data or for its deletion, in the languages of the keyword lists that are most
/// written to us. Read beside the lists and never instead of them: what says stop stops, whatever else it asks for.
/// </summary>
public static class DataRequestWords
{
    private static readonly FrozenDictionary<string, PrivacyRequestKind> Known = All();

    /// <returns>What the whole text asks for; null for any other text.</returns>
    public static PrivacyRequestKind? Read(string text)
    {
        var folded = FoldedText.Of(text);
        return folded.Count is > 0 and <= 5 && Known.TryGetValue(folded.Joined.ToString(), out var kind) ? kind : null;
    }

    private static FrozenDictionary<string, PrivacyRequestKind> All()
    {
        string[] access =
        [
            "my data", "send me my data", "mis datos", "mes donnees", "meine daten", "os meus dados", "meus dados", "i miei dati", "mijn gegevens", "moje dane", "mina uppgifter",
            "mine data", "mine opplysninger", "omat tietoni", "мои данные", "мої дані", "verilerim", "بياناتي", "我的数据", "我的資料", "내 정보", "मेरा डेटा",
        ];
        string[] erasure =
        [
            "delete my data", "erase my data", "remove my data", "borrar mis datos", "eliminar mis datos", "borra mis datos", "supprimer mes donnees", "effacer mes donnees", "supprimez mes donnees",
            "meine daten loeschen", "meine daten löschen", "daten loeschen", "daten löschen", "apagar meus dados", "excluir meus dados", "apagar os meus dados", "cancella i miei dati", "elimina i miei dati",
            "verwijder mijn gegevens", "mijn gegevens verwijderen", "usun moje dane", "radera mina uppgifter", "slet mine data", "slett mine opplysninger", "poista tietoni",
            "удалить мои данные", "удалите мои данные", "видалити мої дані", "verilerimi sil", "احذف بياناتي", "删除我的数据", "刪除我的資料", "내 정보 삭제", "मेरा डेटा हटाओ",
        ];
        return access.Select(words => (words, PrivacyRequestKind.Access)).Concat(erasure.Select(words => (words, PrivacyRequestKind.Erasure)))
            .DistinctBy(pair => FoldedText.Of(pair.words).Joined.ToString()).ToFrozenDictionary(pair => FoldedText.Of(pair.words).Joined.ToString(), pair => pair.Item2, StringComparer.Ordinal);
    }
}
