using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>One row of a list, read but not yet compared with anything.</summary>
/// <param name="Number">Line number in the file; the header is 1.</param>
/// <param name="Refused">Why the row can't be a person; then <paramref name="Phone"/> is null.</param>
/// <param name="Answer">What the list says the person answered.</param>
/// <param name="AnsweredAt">Null where no usable date is given.</param>
/// <param name="AnswerText">The words of the consent column, for the evidence.</param>
/// <param name="Notes">What the importer should know and what stops nothing.</param>
internal sealed record ImportRow(
    int Number,
    PhoneNumber? Phone,
    RowRefusal? Refused,
    SubscriberProfile Profile,
    string? Language,
    string? Country,
    ConsentAnswer Answer,
    DateTimeOffset? AnsweredAt,
    string AnswerText,
    string Source,
    IReadOnlyList<(string Attribute, string Value)> Attributes,
    IReadOnlyList<string> Notes)
{
    /// <summary>A yes that can be shown: when it was given and where it comes from.</summary>
    public bool HasProof => Answer == ConsentAnswer.Claimed && AnsweredAt is not null && Source.Length > 0;
}

/// <summary>Why a row is not taken.</summary>
/// <param name="Reason">A stable short name for scripts.</param>
/// <param name="Sentence">For the importer; holds nothing of the row.</param>
public sealed record RowRefusal(string Reason, string Sentence)
{
    public static RowRefusal Columns { get; } = new(
        "columns", "The row has more values than the header has columns, so values may stand in the wrong column. Put values that hold the delimiter between quotation marks.");

    public static RowRefusal Bought { get; } = new(
        "purchased list", "The source says that this contact was bought or rented. Consent given to somebody else is none, so nothing was taken.");

    /// <summary>Whoever was bought is not stored, and their no counts all the same.</summary>
    public static RowRefusal BoughtAndRefusing { get; } = new(
        "purchased list", "The source says that this contact was bought or rented, so the person was not taken. Their no was: the number is on the do-not-text list.");

    public static RowRefusal Withdrawn { get; } = new(
        "withdrawn", "This person has withdrawn their consent. A list can't bring it back: only their own act can, such as texting START. Nothing was changed.");

    public static RowRefusal Suppressed { get; } = new(
        "suppressed", "This number is on the do-not-text list. A list can't lift that: a person's own stop ends by their own act, anything else stays. Nothing was changed.");

    public static RowRefusal Erased { get; } = new(
        "erased", "The person with this number had their data erased and must not be stored again. Nothing was changed.");

    public static RowRefusal Restricted { get; } = new(
        "restricted", "The use of this person's data is restricted on their request, so nothing may be changed.");

    /// <param name="country">Of the number, in English.</param>
    public static RowRefusal NotOpen(string purpose, string country) => new(
        "country", $"{purpose} is not open to numbers of {country}, so this yes is none. Nothing was taken; leave the row out, or add the country to the purpose.");

    internal static RowRefusal Of(Failure failure) =>
        failure is PhoneRefused refused ? new RowRefusal(refused.Reason, refused.Message) : throw new ArgumentException("Only a refused phone number ends a row.", nameof(failure));
}
