using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Consent;

/// <summary>What the register is asked for, as it stands in its address.</summary>
/// <param name="At">Null for the present instant.</param>
/// <param name="Status">Null for everybody.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
internal sealed record RegisterFilters(
    PurposeId? Purpose = null, DateTimeOffset? At = null, ConsentStatus? Status = ConsentStatus.Granted, SubscriberId? After = null)
{
    private const string Everybody = "all";

    /// <summary>Whatever an address can't mean is left out.</summary>
    public static RegisterFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new RegisterFilters(
            Guid.TryParse(Value("purpose"), out var purpose) ? PurposeId.From(purpose) : null, Instants.Read(Value("at")),
            Value("status") switch
            {
                Everybody => null,
                { } name when !int.TryParse(name, CultureInfo.InvariantCulture, out _) && Enum.TryParse<ConsentStatus>(name, ignoreCase: true, out var status) => status,
                _ => ConsentStatus.Granted,
            },
            Guid.TryParse(Value("after"), out var after) ? SubscriberId.From(after) : null);

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    public string Address => Link(Paths.ConsentRegister, After, []);

    public string ExportAddress => Link(Paths.ConsentRegisterExport, null, []);

    /// <param name="reason">Why the full numbers are needed; it stands in the audit trail.</param>
    public string FullExportAddress(string reason) => Link(Paths.ConsentRegisterExport, null, [new("numbers", "full"), new("reason", reason.Trim())]);

    public RegisterQuery Query(DateTimeOffset now) => new(Purpose!.Value, At ?? now, Status);

    private string Link(string path, SubscriberId? after, IEnumerable<KeyValuePair<string, string?>> more)
    {
        KeyValuePair<string, string?>[] parts =
        [
            new("purpose", Purpose?.ToString()), new("at", At is { } at ? Instants.Write(at) : null),
            new("status", Status switch { null => Everybody, ConsentStatus.Granted => null, { } status => JsonNamingPolicy.CamelCase.ConvertName(status.ToString()) }),
            new("after", after?.ToString()),
        ];
        return QueryHelpers.AddQueryString(path, parts.Concat(more).Where(part => part.Value is not null));
    }
}
