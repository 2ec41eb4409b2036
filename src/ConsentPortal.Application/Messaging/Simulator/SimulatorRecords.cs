using System.Globalization;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>Questions about the account and its records: balance, reports, redaction and insights into a number.</summary>
internal sealed class SimulatorRecords(
    SimulatorAccount account, SimulatorCredentials credentials, SimulatorJournal journal, Func<SimulatorOptions> options, TimeProvider clock)
{
    private const int PageSize = 500;

    public async Task BalanceAsync(HttpContext context)
    {
        if (!await SimulatorProblem.RefusesAsync(context, credentials))
            await SimulatorProblem.JsonAsync(context, new { value = options().Balance, autoReload = false });
    }

    /// <summary>The outbound records by id, or by recipient and time.</summary>
    public async Task ReportsAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        var query = context.Request.Query;
        if (query["account_id"] == account.ApiKey && query["direction"] == "outbound")
            await ReportAsync(context, query);
        else
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", [new("account_id, direction", "must be the account's and outbound")]);
    }

    private Task ReportAsync(HttpContext context, IQueryCollection query)
    {
        var isSms = query["product"] == "SMS";
        var entries = Chosen(query).Where(entry => entry.Text.IsSmsApi == isSms).ToList();
        var from = int.TryParse(query["cursor"], NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var page = entries.Skip(from).Take(PageSize).ToList();
        return SimulatorProblem.JsonAsync(context, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["request_id"] = context.TraceIdentifier, ["request_status"] = "SUCCESS", ["received_at"] = Iso(clock.GetUtcNow()), ["items_count"] = page.Count,
            ["product"] = isSms ? "SMS" : "MESSAGES", ["records"] = page.Select(Record),
            ["cursor"] = from + PageSize < entries.Count ? (from + PageSize).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    /// <summary>Overwrites the number and the words of one text.</summary>
    public async Task RedactAsync(HttpContext context)
    {
        if (credentials.Check(context.Request.Headers.Authorization) != CredentialVerdict.Good)
        {
            await SimulatorProblem.JsonAsync(context, new { type = "UNAUTHORIZED", error_title = "Unauthorized" }, StatusCodes.Status401Unauthorized);
            return;
        }

        using var json = await SimulatorProblem.ReadJsonAsync(context);
        var root = json?.RootElement ?? default;
        if (json is null || root.Text("id") is not { } id || root.Text("type") is not ("inbound" or "outbound"))
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid-json", "Invalid JSON");
        else if (root.Text("product") is not ("sms" or "messages"))
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid-product", "Invalid product");
        else
            await RedactAsync(context, id, root.Text("product")!, root.Text("type")!);
    }

    /// <summary>Every number is a mobile one with one carrier.</summary>
    public async Task InsightsAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;

        using var json = await SimulatorProblem.ReadJsonAsync(context);
        var number = json?.RootElement.Text("phone_number");
        var ok = new { code = "OK", message = "Success" };
        var carrier = new { name = "Simulated Mobile", network_type = "MOBILE", network_code = "99901", status = ok };
        await SimulatorProblem.JsonAsync(context, new
        {
            request_id = Guid.CreateVersion7(clock.GetUtcNow()),
            insights = new
            {
                format = new { is_format_valid = number is not null && VonageNumber.IsFull(VonageNumber.Digits(number)), status = ok },
                current_carrier = carrier,
                original_carrier = carrier,
                reachability = new { is_reachable = number is not null && SimulatedFate.Of(VonageNumber.Digits(number)).Final == "delivered", status = ok },
            },
        });
    }

    private Task RedactAsync(HttpContext context, string id, string product, string direction)
    {
        if (direction == "inbound")
            return journal.RedactReply(id) ? Redacted(context) : NotHeld(context);
        if (journal.Find(id) is not { } text || text.IsSmsApi != (product == "sms"))
            return NotHeld(context);
        if (clock.GetUtcNow() - text.At < options().YoungestRedactable)
            return SimulatorProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "premature-redaction", "Premature redaction");
        journal.Change(id, known => known with { To = Overwritten, Text = Overwritten });
        return Redacted(context);
    }

    private const string Overwritten = "REDACTED";

    private static Task Redacted(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task NotHeld(HttpContext context) => SimulatorProblem.WriteAsync(context, StatusCodes.Status404NotFound, "invalid-id", "Invalid id");

    /// <summary>One entry for each id: the SMS API counts each part of a text as a message.</summary>
    private IEnumerable<(SimulatedText Text, string Id)> Chosen(IQueryCollection query)
    {
        if (query["id"].ToString() is { Length: > 0 } ids)
            return ids.Split(',').Select(id => (Text: journal.Find(id), id)).Where(entry => entry.Text is not null).Select(entry => (entry.Text!, entry.id));
        var from = VonageJson.Instant(query["date_start"]) ?? clock.GetUtcNow().AddDays(-7);
        var until = VonageJson.Instant(query["date_end"]) ?? clock.GetUtcNow();
        var texts = query["to"].ToString() is { Length: > 0 } to ? journal.To(to) : journal.Page(0, int.MaxValue);
        var (status, sender) = (query["status"].ToString(), query["from"].ToString());
        return texts.Where(text => text.At >= from && text.At < until && (status.Length == 0 || Word(text, text.MessageId) == status) && (sender.Length == 0 || text.From == sender)).SelectMany(text => text.Ids.Select(id => (text, id)));
    }

    private Dictionary<string, string?> Record((SimulatedText Text, string Id) entry) => new(StringComparer.Ordinal)
    {
        ["account_id"] = account.ApiKey, [entry.Text.IsSmsApi ? "message_id" : "message_uuid"] = entry.Id, ["client_ref"] = entry.Text.ClientRef,
        ["direction"] = "outbound", ["to"] = entry.Text.To, ["from"] = entry.Text.From, ["status"] = Word(entry.Text, entry.Id),
        ["error_code"] = Code(entry.Text, entry.Id), ["date_received"] = Iso(entry.Text.At),
        ["total_price"] = SimulatorWebhook.Money(options().PricePerPart * (entry.Text.IsSmsApi ? 1 : entry.Text.Parts)),
    };

    /// <summary>The SMS API has its own words and codes for the same ends.</summary>
    private string Word(SimulatedText text, string id) => IsLost(text, id) ? SimulatedFate.LostPart.AsSms().Status : text is { IsSmsApi: true, Status: "rejected" or "undeliverable", Error: { } error } ? new SimulatedFate(text.Status, error).AsSms().Status : text.Status;

    private string Code(SimulatedText text, string id) => IsLost(text, id) ? SimulatedFate.LostPart.AsSms().Code : text.Error is not { } error ? "0" : text.IsSmsApi ? new SimulatedFate(text.Status, error).AsSms().Code : error.Code;

    private bool IsLost(SimulatedText text, string id) => text.Status is not ("accepted" or "submitted") && text.IsLost(id, options());

    private static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
