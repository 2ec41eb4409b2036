using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// What the real provider has not: a journal of every accepted text and of every call, handsets that reply, blocks by hand and
/// time that passes at once. Open to everybody on this machine, because the simulator listens on no other address.
/// </summary>
internal sealed class SimulatorBench(VonageSimulator simulator, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly TimeSpan LongestAdvance = TimeSpan.FromDays(400);

    /// <summary><c>GET /options</c>: how the simulator behaves now.</summary>
    public Task OptionsAsync(HttpContext context) => context.Response.WriteAsJsonAsync(simulator.Options, Json, context.RequestAborted);

    /// <summary><c>PUT /options</c>: what the body leaves out goes back to its default.</summary>
    public async Task ChangeOptionsAsync(HttpContext context)
    {
        try
        {
            var body = await SimulatorProblem.ReadAsync(context);
            simulator.Options = JsonSerializer.Deserialize<SimulatorOptions>(body, Json) ?? new SimulatorOptions();
            await OptionsAsync(context);
        }
        catch (JsonException problem)
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", [new(problem.Path ?? "$", "is not an option, or not a value for it; GET /options shows all")]);
        }
    }

    /// <summary>
    /// <c>GET /journal[?after=N&amp;take=N]</c>: an array, oldest first. The next page starts after the last entry's
    /// <c>number</c>; without <c>take</c> everything comes at once.
    /// </summary>
    public async Task JournalAsync(HttpContext context)
    {
        var problems = new List<FieldProblem>();
        var after = Whole(context, "after", 0, problems);
        var take = (int)Math.Min(Whole(context, "take", int.MaxValue, problems), int.MaxValue);
        if (problems.Count > 0)
        {
            await RefuseAsync(context, problems);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Total-Count"] = simulator.Journal.Count.ToString(CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(context.Response.Body, simulator.Journal.Page(after, take), Json, context.RequestAborted);
    }

    /// <summary><c>GET /requests[?take=N]</c>: the last calls of the API, oldest first, whatever was answered.</summary>
    public Task RequestsAsync(HttpContext context)
    {
        var problems = new List<FieldProblem>();
        var take = (int)Math.Min(Whole(context, "take", 100, problems), int.MaxValue);
        return problems.Count > 0 ? RefuseAsync(context, problems) : context.Response.WriteAsJsonAsync(simulator.Requests.Last(take), Json, context.RequestAborted);
    }

    /// <summary><c>POST /clock {"advance": "01:00:00"}</c>: everything that the simulator holds becomes that much older.</summary>
    public async Task AgeAsync(HttpContext context)
    {
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (TimeSpan.TryParse(json?.RootElement.Text("advance"), CultureInfo.InvariantCulture, out var by) && by > TimeSpan.Zero && by <= LongestAdvance)
        {
            simulator.Age(by);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await RefuseAsync(context, [new("advance", "must be a time such as 01:00:00, at most 400 days")]);
        }
    }

    /// <summary>
    /// <c>POST /inbound {from, to, text[, parts, order, signedMinutesAgo]}</c>: answers with the id as soon as the webhooks are
    /// on their way. With <c>parts</c> the text comes in pieces, in the <c>order</c> given; a piece that it leaves out is lost.
    /// </summary>
    public async Task InboundAsync(HttpContext context)
    {
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } root })
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid JSON");
            return;
        }

        var (from, to) = (VonageNumber.Digits(root.Text("from") ?? ""), VonageNumber.Digits(root.Text("to") ?? ""));
        var text = root.Child("text")?.ValueKind == JsonValueKind.String ? root.Text("text") ?? "" : null;
        var problems = PairProblems(from, to);
        if (text is null)
            problems.Add(new FieldProblem("text", "must be a string"));
        var arrival = Arrival(root, text ?? "", problems);
        if (problems.Count > 0)
            await RefuseAsync(context, problems);
        else
            await SimulatorProblem.JsonAsync(context, new { messageId = simulator.Reply(from, to, text!, arrival).MessageId }, StatusCodes.Status202Accepted);
    }

    /// <summary><c>GET /blocked</c>: between whom no text passes.</summary>
    public Task BlockedAsync(HttpContext context) => context.Response.WriteAsJsonAsync(simulator.Blocks.All, Json, context.RequestAborted);

    /// <summary><c>GET /blocked.csv?sender=N</c>: the list of one sender as support would send it.</summary>
    public Task BlockedListAsync(HttpContext context)
    {
        var sender = VonageNumber.Digits(context.Request.Query["sender"].ToString().Trim());
        context.Response.ContentType = "text/csv";
        var numbers = simulator.Blocks.All.Where(block => sender.Length == 0 || block.Sender == sender).Select(block => block.Phone);
        return context.Response.WriteAsync(string.Join('\n', numbers.Prepend("number")) + "\n", context.RequestAborted);
    }

    /// <summary><c>POST /blocked {number, sender}</c>: blocks without a word to anybody, as a carrier may.</summary>
    public Task BlockAsync(HttpContext context) => OnPairAsync(context, (number, sender) => simulator.Blocks.Add(number, sender, clock.GetUtcNow()));

    /// <summary><c>DELETE /blocked {number, sender}</c></summary>
    public Task UnblockAsync(HttpContext context) => OnPairAsync(context, (number, sender) => simulator.Blocks.Remove(number, sender));

    private static async Task OnPairAsync(HttpContext context, Action<string, string> act)
    {
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        var root = json?.RootElement ?? default;
        var (number, sender) = (VonageNumber.Digits(root.Text("number") ?? ""), VonageNumber.Digits(root.Text("sender") ?? ""));
        if (!VonageNumber.IsFull(number) || sender.Length is < 3 or > 15 || !sender.All(char.IsAsciiLetterOrDigit))
        {
            await RefuseAsync(context, [new("number, sender", "must be the handset's number and one of ours")]);
            return;
        }

        act(number, sender);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static List<FieldProblem> PairProblems(string from, string to)
    {
        var problems = new List<FieldProblem>();
        if (!VonageNumber.IsFull(from))
            problems.Add(new FieldProblem("from", "must be the handset's number: 7 to 15 digits"));
        if (to.Length is < 3 or > 15 || !to.All(char.IsAsciiDigit))
            problems.Add(new FieldProblem("to", "must be the receiving number: 3 to 15 digits"));
        return problems;
    }

    private static SimulatedArrival Arrival(JsonElement root, string text, List<FieldProblem> problems)
    {
        var parts = root.Whole("parts") ?? 1;
        if (parts is < 1 or > SimulatedArrival.MostParts || (parts > 1 && parts > text.Length))
            problems.Add(new FieldProblem("parts", "must be 1 to 255, and not more than the text has characters"));
        var order = root.Items("order").Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var part) ? part : 0).ToList();
        if (order.Exists(part => part < 1 || part > parts) || order.Distinct().Count() < order.Count)
            problems.Add(new FieldProblem("order", "must name parts from 1 to the last, each at most once"));
        return new SimulatedArrival { Parts = parts, Order = order, SignedAgo = TimeSpan.FromMinutes(root.Whole("signedMinutesAgo") ?? 0) };
    }

    private static long Whole(HttpContext context, string name, long absent, List<FieldProblem> problems)
    {
        if (context.Request.Query[name].ToString() is not { Length: > 0 } text)
            return absent;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        problems.Add(new FieldProblem(name, "must be a whole number"));
        return absent;
    }

    private static Task RefuseAsync(HttpContext context, IReadOnlyList<FieldProblem> problems) =>
        SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", problems);
}
