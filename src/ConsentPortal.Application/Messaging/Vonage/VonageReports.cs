using System.Globalization;
using System.Text.Json;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The Reports API: what Vonage's own records hold. It is a paid product, so it is asked about single texts, and about blocked numbers when somebody wants to know.</summary>
internal sealed class VonageReports(VonageHttp http)
{
    private const int MostPages = 20;
    private const int MostIds = 20;
    private static readonly string[] MessagesRefusals = ["rejected", "undeliverable"];
    private static readonly string[] SmsRefusals = ["rejected", "failed"];
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan After = TimeSpan.FromHours(24);

    public async Task<Result<IReadOnlyList<ProviderRecord>>> FindByClientRefAsync(
        VonageOptions options, string clientRef, string to, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        // No filter on the reference is documented for the synchronous form, so the recipient and the time narrow the search.
        var query = $"{Account(options)}&direction=outbound&to={VonageNumber.Digits(to)}&date_start={Instant(sentAt - Before)}&date_end={Instant(sentAt + After)}";
        var all = await ReadAsync(options, query, cancellationToken);
        return all.TryGet(out var records, out var failure)
            ? records.Where(record => record.ClientRef == clientRef).ToList()
            : failure;
    }

    public async Task<Result<IReadOnlyList<ProviderRecord>>> FindByIdAsync(
        VonageOptions options, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0 or > MostIds)
            throw new ArgumentException($"One question takes 1 to {MostIds} ids.", nameof(ids));
        var query = $"{Account(options)}&direction=outbound&id={string.Join(',', ids.Select(Uri.EscapeDataString))}";
        var all = await ReadAsync(options, query, cancellationToken);
        return all.TryGet(out var records, out var failure) ? records : failure;
    }

    /// <summary>One question for each status under which a blocked number is reported; only the blocked ones of them are wanted.</summary>
    public async Task<Result<IReadOnlyList<ProviderRefusal>>> FindBlockedAsync(VonageOptions options, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var found = new List<ProviderRefusal>();
        foreach (var status in options.Api == VonageApi.Sms ? SmsRefusals : MessagesRefusals)
        {
            var query = $"{Account(options)}&direction=outbound&status={status}&date_start={Instant(from)}&date_end={Instant(until)}";
            if (!(await ReadAsync(options, query, Refusal, cancellationToken)).TryGet(out var records, out var failure))
                return failure;
            found.AddRange(records.OfType<ProviderRefusal>());
        }

        return found;
    }

    private Task<Result<List<ProviderRecord>>> ReadAsync(VonageOptions options, string query, CancellationToken cancellationToken) => ReadAsync(options, query, item => Read(item) with { IsOfPart = options.Api == VonageApi.Sms }, cancellationToken);

    private async Task<Result<List<T>>> ReadAsync<T>(VonageOptions options, string query, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var records = new List<T>();
        var next = "";
        for (var page = 0; page < MostPages; page++)
        {
            var url = $"{options.BaseUrl.TrimEnd('/')}/v2/reports/records?{query}{next}";
            var reply = await http.CallAsync(HttpMethod.Get, url, VonageAuth.Account, body: null, cancellationToken);
            using var document = VonageAnswers.Json(reply, out var failure);
            if (document is null)
                return failure!;
            records.AddRange(document.RootElement.Items("records").Select(read));
            if (document.RootElement.Text("cursor") is not { } cursor)
                return records;
            next = $"&cursor={Uri.EscapeDataString(cursor)}";
            if (document.RootElement.Text("iv") is { } iv)
                next += $"&iv={Uri.EscapeDataString(iv)}";
        }

        return new ProviderDidNotAnswer("too-many-pages", "Vonage's records for this question are too many to search at once. Nothing was changed; look them up on Vonage's dashboard.", RetryAfter: null);
    }

    private static ProviderRefusal? Refusal(JsonElement item)
    {
        if (item.Text("to") is not { } to || item.Text("from") is not { } from || item.Text("error_code") is not { } code)
            return null;
        return ClassOf(code) is ProviderErrorClass.OptedOut or ProviderErrorClass.Barred ? new ProviderRefusal(VonageNumber.E164(to), VonageNumber.Digits(from), code, VonageJson.Instant(item.Text("date_received"))) : null;
    }

    private static ProviderRecord Read(JsonElement item) => new(
        item.Text("message_id") ?? item.Text("message_uuid") ?? item.Text("id") ?? "",
        item.Text("client_ref"),
        VonageStatus.Read(item.Text("status")),
        item.Text("error_code") is { } code && code != "0" ? code : null,
        VonageJson.Instant(item.Text("date_received")),
        item.Amount("total_price"))
    {
        ErrorClass = item.Text("error_code") is { } known ? ClassOf(known) : null,
    };

    /// <summary>The two APIs share no code with two meanings.</summary>
    private static ProviderErrorClass? ClassOf(string code) => (VonageErrors.Receipt.GetValueOrDefault(code) ?? VonageErrors.SmsReceipt.GetValueOrDefault(code))?.Class;

    private static string Account(VonageOptions options) =>
        $"product={(options.Api == VonageApi.Sms ? "SMS" : "MESSAGES")}&account_id={Uri.EscapeDataString(options.ApiKey)}";

    private static string Instant(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture));
}
