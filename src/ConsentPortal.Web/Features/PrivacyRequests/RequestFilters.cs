using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The filters of the queue as they stand in its address. What was searched for is not among them: it may be a number or a name.</summary>
/// <param name="Show">closed or all; open ones otherwise.</param>
/// <param name="Worker">The member of staff who works on it.</param>
/// <param name="IsUnassigned">worker=none: nobody works on it.</param>
/// <param name="IsUnconfirmed">The law wants the receipt confirmed, and nothing that does so has left.</param>
/// <param name="HasLetter">With a letter that was written and has not left.</param>
/// <param name="IsUnrecorded">No record has its number.</param>
/// <param name="DueBy">Due on this day or before.</param>
/// <param name="Sort">number lists the latest first, due what is due next; null as it suits what is shown.</param>
/// <param name="Page">From 0.</param>
internal sealed record RequestFilters(
    string? Show = null, PrivacyRequestKind? Kind = null, PrivacyRequestStatus? Status = null, PrivacyRegime? Regime = null, string? Country = null, string? State = null, string? Source = null,
    Guid? Worker = null, bool IsUnassigned = false, bool IsUnverified = false, bool IsTwice = false, bool IsUnconfirmed = false, bool HasLetter = false, bool IsUnrecorded = false, bool IsOverdue = false, DateOnly? DueBy = null, DateOnly? ReceivedFrom = null, DateOnly? ReceivedTo = null,
    string? Sort = null, int Page = 0)
{
    private const string Day = "yyyy-MM-dd";
    private const string Nobody = "none";

    public bool IsByDueDay => Sort switch { "number" => false, "due" => true, _ => Show is null };

    /// <summary>Whether only which page and which order differs from the whole list of what is shown.</summary>
    public bool AreNone => this with { Page = 0, Sort = null } == new RequestFilters(Show);

    /// <summary>Whether one of those is set that are used less often, and stand behind a button.</summary>
    public bool HasFurther => (Country, State, Regime, Source, ReceivedFrom, ReceivedTo, DueBy, IsUnverified, IsTwice, IsUnconfirmed, HasLetter, IsUnrecorded) is not (null, null, null, null, null, null, null, false, false, false, false, false);

    public string Address => Under(Paths.PrivacyRequests);

    /// <summary>Where all that they mean is written into a file.</summary>
    public string ExportAddress => (this with { Page = 0 }).Under(Paths.PrivacyRequestExport);

    private string Under(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["show"] = Show, ["kind"] = Word(Kind), ["status"] = Word(Status), ["regime"] = Word(Regime), ["country"] = Country, ["state"] = State, ["source"] = Source,
        ["worker"] = IsUnassigned ? Nobody : Worker?.ToString(), ["unverified"] = Flag(IsUnverified), ["twice"] = Flag(IsTwice), ["unconfirmed"] = Flag(IsUnconfirmed), ["letter"] = Flag(HasLetter), ["norecord"] = Flag(IsUnrecorded), ["overdue"] = Flag(IsOverdue),
        ["dueby"] = Text(DueBy), ["from"] = Text(ReceivedFrom), ["to"] = Text(ReceivedTo), ["sort"] = Sort, ["page"] = Page > 0 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(part => part.Value is not null));

    /// <summary>Whatever an address can't mean is left out.</summary>
    public static RequestFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new RequestFilters(
            Value("show") is "closed" or "all" ? Value("show") : null, Named<PrivacyRequestKind>(Value("kind")), Named<PrivacyRequestStatus>(Value("status")), Named<PrivacyRegime>(Value("regime")),
            Value("country")?.ToUpperInvariant(), Value("state"), Value("source"), Guid.TryParse(Value("worker"), out var worker) ? worker : null, Value("worker") == Nobody,
            Value("unverified") == "true", Value("twice") == "true", Value("unconfirmed") == "true", Value("letter") == "true", Value("norecord") == "true", Value("overdue") == "true", Date(Value("dueby")), Date(Value("from")), Date(Value("to")),
            Value("sort") is "number" or "due" ? Value("sort") : null, int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0);

        string? Value(string name) => query.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : null;
    }

    public PrivacyRequestQuery Query(string? search) => new(
        Show switch { "closed" => false, "all" => null, _ => true }, Kind, Status, Regime, IsOverdue, Page, AssigneeId: Worker, DueBy: DueBy, ByDueDay: IsByDueDay, Search: search, Country: Country, State: State,
        Source: Source, ReceivedFrom: ReceivedFrom, ReceivedTo: ReceivedTo, IsUnassigned: IsUnassigned, IsUnverified: IsUnverified, HasTwin: IsTwice, IsUnconfirmed: IsUnconfirmed, HasLetterToSend: HasLetter, IsUnrecorded: IsUnrecorded);

    private static string? Text(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    /// <returns>Null for what is no day, such as an emptied field.</returns>
    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Flag(bool isSet) => isSet ? "true" : null;

    private static string? Word<T>(T? value) where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private static T? Named<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
