using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// What the real provider has not: a journal of every accepted text, and handsets that reply. Open to everybody on this
/// machine, because the simulator listens on no other address.
/// </summary>
internal sealed class SimulatorBench(SimulatorJournal journal, VonageSimulator simulator)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

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
        var after = Whole("after", 0);
        var take = (int)Math.Min(Whole("take", int.MaxValue), int.MaxValue);
        if (problems.Count > 0)
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", problems);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Total-Count"] = journal.Count.ToString(CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(context.Response.Body, journal.Page(after, take), Json, context.RequestAborted);

        long Whole(string name, long absent)
        {
            if (context.Request.Query[name].ToString() is not { Length: > 0 } text)
                return absent;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            problems.Add(new FieldProblem(name, "must be a whole number"));
            return absent;
        }
    }

    /// <summary><c>POST /inbound {from, to, text}</c>: answers with the id as soon as the webhook is on its way.</summary>
    public async Task InboundAsync(HttpContext context)
    {
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } root })
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid JSON");
            return;
        }

        var from = VonageNumber.Digits(root.Text("from") ?? "");
        var to = VonageNumber.Digits(root.Text("to") ?? "");
        var problems = new List<FieldProblem>();
        if (!VonageNumber.IsFull(from))
            problems.Add(new FieldProblem("from", "must be the handset's number: 7 to 15 digits"));
        if (to.Length is < 3 or > 15 || !to.All(char.IsAsciiDigit))
            problems.Add(new FieldProblem("to", "must be the receiving number: 3 to 15 digits"));
        if (root.Child("text")?.ValueKind != JsonValueKind.String)
            problems.Add(new FieldProblem("text", "must be a string"));
        if (problems.Count > 0)
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", problems);
        else
            await SimulatorProblem.JsonAsync(context, new { messageId = simulator.Reply(from, to, root.Text("text") ?? "").MessageId }, StatusCodes.Status202Accepted);
    }
}
