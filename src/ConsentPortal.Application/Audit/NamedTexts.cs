using System.Text.Json;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Audit;

/// <summary>What an entry of the log says about one text of the send ledger, in eight bytes: millions are read.</summary>
internal readonly record struct NamedText
{
    private const int StateBits = 4;

    private readonly long _packed;

    public NamedText(long id, MessageState state) => _packed = (id << StateBits) | (uint)state;

    public long Id => _packed >> StateBits;

    public MessageState State => (MessageState)(_packed & ((1 << StateBits) - 1));
}

/// <summary>
/// Reads which texts an entry names and in which state: <c>after.texts</c> is an array of <c>state, why: id,id</c>. Ids of nine digits and more have
/// a low line before their last six digits.
/// </summary>
internal static class NamedTexts
{
    /// <summary>The member of <c>after</c>.</summary>
    public const string Member = "texts";

    private static readonly byte[][] Words =
        [[], .. new[] { "planned", "deferred", "sending", "accepted", "delivered", "failed", "expired", "skipped", "unconfirmed" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>How the actions of these entries begin.</summary>
    public const string Actions = "texts.";

    public static bool IsNamedBy(string action) => action.StartsWith(Actions, StringComparison.Ordinal);

    public static bool IsNamedBy(ReadOnlySpan<byte> action) => action.StartsWith("texts."u8);

    public static string WordOf(MessageState state) => System.Text.Encoding.ASCII.GetString(Words[(int)state]);

    /// <summary>One element of the array for people: what is said, and of which texts.</summary>
    public static (string Word, string Ids) Split(string group)
    {
        var colon = group.LastIndexOf(':');
        return colon < 0 ? (Member, group) : (group[..colon], group[(colon + 1)..].Replace("_", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal).Trim());
    }

    /// <summary>Adds what the leaf says; nothing where it is no such leaf.</summary>
    public static void Read(ReadOnlySpan<byte> leaf, List<NamedText> found)
    {
        var json = new Utf8JsonReader(leaf);
        try
        {
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 2 && json.ValueTextEquals(Member))
                {
                    ReadList(ref json, found);
                    return;
                }
            }
        }
        catch (JsonException)
        {
            // An edited leaf is reported as such.
        }
    }

    private static void ReadList(ref Utf8JsonReader json, List<NamedText> found)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.String)
            ReadGroup(json.ValueSpan, found);
    }

    private static void ReadGroup(ReadOnlySpan<byte> group, List<NamedText> found)
    {
        var (wordEnd, colon) = (group.IndexOfAny((byte)',', (byte)':'), group.LastIndexOf((byte)':'));
        if (wordEnd < 0 || StateOf(group[..wordEnd]) is not { } state)
            return;
        var id = 0L;
        foreach (var digit in group[(colon + 1)..])
        {
            if (digit is >= (byte)'0' and <= (byte)'9')
                id = (id * 10) + (digit - '0');
            else if (digit == ',')
            {
                found.Add(new NamedText(id, state));
                id = 0;
            }
        }

        found.Add(new NamedText(id, state));
    }

    private static MessageState? StateOf(ReadOnlySpan<byte> word)
    {
        for (var i = 1; i < Words.Length; i++)
            if (word.SequenceEqual(Words[i]))
                return (MessageState)i;
        return null;
    }
}
