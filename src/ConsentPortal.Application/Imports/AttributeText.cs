using System.Globalization;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>A custom value read by the type of its attribute.</summary>
internal readonly record struct AttributeText(string? Text, double? Number, DateTimeOffset? Date)
{
    private const int LongestText = 400;

    /// <returns>Null where the text is no value of that type.</returns>
    public static AttributeText? Read(string text, AttributeType type) => type switch
    {
        AttributeType.Text => new AttributeText(text.Length > LongestText ? text[..LongestText] : text, null, null),
        AttributeType.Number => double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? new AttributeText(null, number, null) : null,
        AttributeType.Date => ConsentDate.AsWritten(text) is { } at ? new AttributeText(null, null, at) : null,
        AttributeType.Flag => ConsentWords.Read(text) switch
        {
            ConsentAnswer.Claimed => new AttributeText(null, 1, null),
            ConsentAnswer.Refused => new AttributeText(null, 0, null),
            ConsentAnswer.Unknown => null,
        },
        AttributeType.List => ValueList.Read(text) is { } list ? new AttributeText(list, null, null) : null,
    };

    public static AttributeText? Of(SubscriberAttribute? stored) => stored is null ? null : new AttributeText(stored.Text, stored.Number, stored.Date);

    /// <summary>In a form that <see cref="Read"/> understands.</summary>
    public override string ToString() =>
        Text ?? Number?.ToString("R", CultureInfo.InvariantCulture) ?? Date?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture) ?? "";

    public bool Equals(SubscriberAttribute? stored) => stored is not null && stored.Text == Text && Nullable.Equals(stored.Number, Number) && stored.Date == Date;

    public void WriteTo(SubscriberAttribute stored) => (stored.Text, stored.Number, stored.Date) = (Text, Number, Date);
}
