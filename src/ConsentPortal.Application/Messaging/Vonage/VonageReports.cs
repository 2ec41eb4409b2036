using System.Globalization;
using System.Text.Json;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The Reports API: what Vonage's own records hold. It is a paid product, so it is asked only about single texts.</summary>
internal sealed class VonageReports(VonageHttp http)
{
    private const int MostPages = 20;
    private const int MostIds = 20;
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

    private async Task<Result<List<ProviderRecord>>> ReadAsync(VonageOptions options, string query, CancellationToken cancellationToken)
    {
        var records = new List<ProviderRecord>();
        var next = "";
        for (var page = 0; page < MostPages; page++)
        {
            var url = $"{options.BaseUrl.TrimEnd('/')}/v2/reports/records?{query}{next}";
            var reply = await http.CallAsync(HttpMethod.Get, url, VonageAuth.Account, body: null, cancellationToken);
            using var document = VonageAnswers.Json(reply, out var failure);
            if (document is null)
                return failure!;
            records.AddRange(document.RootElement.Items("records").Select(Read));
            if (document.RootElement.Text("cursor") is not { } cursor)
                return records;
            next = $"&cursor={Uri.EscapeDataString(cursor)}";
            if (document.RootElement.Text("iv") is { } iv)
                next += $"&iv={Uri.EscapeDataString(iv)}";
        }

        return new ProviderDidNotAnswer("too-many-pages", "Vonage's records for this number are too many to search at once. Nothing was changed; look the text up on Vonage's dashboard.", RetryAfter: null);
    }

    private static ProviderRecord Read(JsonElement item) => new(
        item.Text("message_id") ?? item.Text("message_uuid") ?? item.Text("id") ?? "",
        item.Text("client_ref"),
        VonageStatus.Read(item.Text("status")),
        item.Text("error_code") is { } code && code != "0" ? code : null,
        VonageJson.Instant(item.Text("date_received")),
        item.Amount("total_price"));

    private static string Account(VonageOptions options) =>
        $"product={(options.Api == VonageApi.Sms ? "SMS" : "MESSAGES")}&account_id={Uri.EscapeDataString(options.ApiKey)}";

    private static string Instant(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture));
}
