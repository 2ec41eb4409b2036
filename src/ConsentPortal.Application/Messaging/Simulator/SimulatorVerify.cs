using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>The provider's side of Verify v2: codes that come to a handset and are checked by the provider. Its callbacks are not simulated.</summary>
internal sealed class SimulatorVerify(SimulatorCredentials credentials, SimulatorJournal journal, TimeProvider clock)
{
    private const string Product = "verify";
    private const int MostTries = 3;
    private const int DefaultLength = 4;
    private const int DefaultTimeout = 180;

    private static readonly TimeSpan CancellableAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Verification> _open = [];

    /// <summary>Everything that runs becomes older.</summary>
    public void Age(TimeSpan by)
    {
        lock (_gate)
        {
            foreach (var verification in _open.Values)
                verification.StepAt -= by;
        }
    }

    /// <summary><c>POST /v2/verify</c></summary>
    public async Task StartAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } root })
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid-json", "Invalid JSON", product: Product);
            return;
        }

        var steps = root.Items("workflow").Select(step => (Channel: step.Text("channel") ?? "", To: VonageNumber.Digits(step.Text("to") ?? ""))).ToList();
        var problems = VerifyProblems.Of(root, steps);
        if (problems.Count > 0)
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid-params", "Invalid params", problems, Product);
        else if (SimulatedFate.Refusal(steps[0].To) is { } status)
            await SimulatorProblem.WriteAsync(context, status, status == StatusCodes.Status402PaymentRequired ? "low-balance" : "rate-limit", "Refused", product: Product);
        else
            await StartAsync(context, root, steps);
    }

    /// <summary><c>POST /v2/verify/{id} {code}</c></summary>
    public async Task CheckAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (json?.RootElement.Text("code") is not { Length: > 0 } code)
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid-params", "Invalid params", [new("code", "must be the code")], Product);
            return;
        }

        var id = Id(context);
        switch (Check(id, code))
        {
            case VerifyAnswer.Right:
                await SimulatorProblem.JsonAsync(context, new Dictionary<string, string>(StringComparer.Ordinal) { ["request_id"] = id, ["status"] = "completed" });
                break;
            case VerifyAnswer.Wrong:
                await SimulatorProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid-code", "Invalid code", product: Product);
                break;
            case VerifyAnswer.TooOften:
                await SimulatorProblem.WriteAsync(context, StatusCodes.Status410Gone, "expired", "Too many wrong codes; the request is over", product: Product);
                break;
            case VerifyAnswer.Unknown:
                await NotFoundAsync(context);
                break;
        }
    }

    /// <summary><c>POST /v2/verify/{id}/next_workflow</c></summary>
    public async Task NextAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        Verification? moved;
        bool isKnown;
        lock (_gate)
        {
            isKnown = Find(Id(context)) is { } verification && verification.Step + 1 < verification.Steps.Count;
            moved = isKnown ? _open[Id(context)] : null;
            if (moved is not null)
                (moved.Step, moved.StepAt) = (moved.Step + 1, clock.GetUtcNow());
        }

        if (moved is null)
        {
            await (IsOpen(Id(context)) ? ConflictAsync(context, "There is no further step") : NotFoundAsync(context));
            return;
        }

        Tell(moved);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    /// <summary><c>DELETE /v2/verify/{id}</c>: not in the first half minute, and not after the first step.</summary>
    public async Task CancelAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        bool? isCancelled;
        lock (_gate)
        {
            var verification = Find(Id(context));
            isCancelled = verification is null ? null : verification.Step == 0 && clock.GetUtcNow() - verification.StepAt >= CancellableAfter;
            if (isCancelled == true)
                _open.Remove(Id(context));
        }

        if (isCancelled is null)
            await NotFoundAsync(context);
        else if (isCancelled == false)
            await ConflictAsync(context, "It can be cancelled only 30 seconds after its start and before its second step");
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task StartAsync(HttpContext context, JsonElement root, IReadOnlyList<(string Channel, string To)> steps)
    {
        var length = (int)(root.Whole("code_length") ?? DefaultLength);
        var code = root.Text("code") ?? RandomNumberGenerator.GetInt32((int)Math.Pow(10, Math.Min(length, 9))).ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
        var now = clock.GetUtcNow();
        var verification = new Verification(Guid.CreateVersion7(now).ToString(), root.Text("brand")!, code, steps, TimeSpan.FromSeconds(root.Whole("channel_timeout") ?? DefaultTimeout)) { StepAt = now };
        lock (_gate)
        {
            if (_open.Values.FirstOrDefault(v => Find(v.Id) is not null && v.Steps.Any(step => steps.Any(other => other.To == step.To))) is null)
                _open[verification.Id] = verification;
        }

        if (!IsOpen(verification.Id))
        {
            await ConflictAsync(context, "Concurrent verifications to the same number are not allowed", "concurrent");
            return;
        }

        Tell(verification);
        await SimulatorProblem.JsonAsync(context, new Dictionary<string, string>(StringComparer.Ordinal) { ["request_id"] = verification.Id }, StatusCodes.Status202Accepted);
    }

    private VerifyAnswer Check(string id, string code)
    {
        lock (_gate)
        {
            if (Find(id) is not { } verification)
                return VerifyAnswer.Unknown;
            if (verification.Code == code)
            {
                _open.Remove(id);
                return VerifyAnswer.Right;
            }

            if (++verification.Tries < MostTries)
                return VerifyAnswer.Wrong;
            _open.Remove(id);
            return VerifyAnswer.TooOften;
        }
    }

    /// <summary>Inside the gate. What nobody answered in its time goes on to its next step, and is over after the last.</summary>
    private Verification? Find(string id)
    {
        if (!_open.TryGetValue(id, out var verification))
            return null;
        var stepsLeft = verification.Steps.Count - verification.Step;
        if (clock.GetUtcNow() - verification.StepAt < verification.Timeout * stepsLeft)
            return verification;
        _open.Remove(id);
        return null;
    }

    private bool IsOpen(string id)
    {
        lock (_gate)
            return Find(id) is not null;
    }

    private void Tell(Verification verification)
    {
        var (channel, to) = verification.Steps[verification.Step];
        var by = channel == "sms" ? "" : $" (by {channel})";
        journal.Add(new SimulatedNotice(Guid.CreateVersion7(clock.GetUtcNow()).ToString(), to, verification.Brand, $"{verification.Brand} code: {verification.Code}{by}", clock.GetUtcNow()));
    }

    private static string Id(HttpContext context) => context.Request.RouteValues["id"]?.ToString() ?? "";

    private static Task NotFoundAsync(HttpContext context) => SimulatorProblem.WriteAsync(context, StatusCodes.Status404NotFound, "not-found", "There is no such request, or it is over", product: Product);

    private static Task ConflictAsync(HttpContext context, string title, string fragment = "conflict") => SimulatorProblem.WriteAsync(context, StatusCodes.Status409Conflict, fragment, title, product: Product);

    private enum VerifyAnswer
    {
        Right = 1,
        Wrong = 2,
        TooOften = 3,
        Unknown = 4,
    }

    private sealed class Verification(string id, string brand, string code, IReadOnlyList<(string Channel, string To)> steps, TimeSpan timeout)
    {
        public string Id => id;

        public string Brand => brand;

        public string Code => code;

        public IReadOnlyList<(string Channel, string To)> Steps => steps;

        /// <summary>Of each step.</summary>
        public TimeSpan Timeout => timeout;

        public int Step { get; set; }

        public DateTimeOffset StepAt { get; set; }

        public int Tries { get; set; }
    }
}

/// <summary>What Verify refuses in a request.</summary>
internal static class VerifyProblems
{
    private static readonly string[] Channels = ["sms", "voice", "whatsapp", "email", "rcs"];

    public static List<FieldProblem> Of(JsonElement root, IReadOnlyList<(string Channel, string To)> steps)
    {
        var problems = new List<FieldProblem>();
        Require(root.Text("brand") is { Length: >= 1 and <= 18 } brand && brand.IndexOfAny(['/', '{', '}', ':', '$']) < 0, "brand", "must have 1 to 18 characters, none of / { } : $");
        Require(steps.Count is >= 1 and <= 3, "workflow", "must have 1 to 3 steps");
        Require(steps.All(step => Channels.Contains(step.Channel)), "workflow.channel", "must be sms, voice, whatsapp, email or rcs");
        Require(steps.All(step => step.Channel == "email" || VonageNumber.IsFull(step.To)), "workflow.to", "must be 7 to 15 digits");
        Require(root.Child("code_length") is null || root.Whole("code_length") is >= 4 and <= 10, "code_length", "must be 4 to 10");
        Require(root.Child("channel_timeout") is null || root.Whole("channel_timeout") is >= 15 and <= 900, "channel_timeout", "must be 15 to 900 seconds");
        Require(root.Text("client_ref") is null || (root.Text("client_ref") is { Length: <= 40 } reference && reference.All(char.IsAsciiLetterOrDigit)), "client_ref", "must have at most 40 letters and digits");
        Require(root.Text("code") is null || (root.Text("code") is { Length: >= 4 and <= 10 } code && code.All(char.IsAsciiLetterOrDigit)), "code", "must have 4 to 10 letters and digits");
        return problems;

        void Require(bool holds, string field, string reason)
        {
            if (!holds)
                problems.Add(new FieldProblem(field, reason));
        }
    }
}
