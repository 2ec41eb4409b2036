using System.Threading.RateLimiting;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ConsentPortal.Web.Webhooks;

/// <summary>
/// The provider's way in. The signature over the raw bytes is checked before anything is read; the answer is 200 only once
/// the event is committed. Either kind of event may come to either address.
/// </summary>
internal sealed partial class VonageWebhooks(
    VonageWebhookReader reader, ReceiveDeliveryReceipt receiveReceipt, ReceiveInboundMessage receiveInbound, ILogger<VonageWebhooks> logger)
{
    public const int LargestBody = 64 * 1024;

    public async Task ReceiveAsync(HttpContext context)
    {
        if (await ReadBodyAsync(context.Request) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        // The provider looks whether an address is there before it saves it.
        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.QueryString.HasValue && body.Length == 0)
            return;
        var authorization = context.Request.Headers.Authorization.ToString();
        var (verdict, happened) = reader.Read(new VonageWebhookRequest(
            context.Request.QueryString.Value, context.Request.ContentType, authorization.Length > 0 ? authorization : null, body));
        context.Response.StatusCode = verdict switch
        {
            SignatureVerdict.Wrong wrong => Refuse(wrong),
            // The provider signs what is answered so; anybody else gains nothing.
            SignatureVerdict.Missing => StatusCodes.Status503ServiceUnavailable,
            SignatureVerdict.FromAnotherTime late => PutOff(late),
            SignatureVerdict.Valid valid => await TakeAsync(context, valid, happened),
            _ => throw new System.Diagnostics.UnreachableException($"No verdict {verdict.GetType().Name} is known."),
        };
    }

    private int Refuse(SignatureVerdict.Wrong wrong)
    {
        LogRefused(wrong.Reason);
        return StatusCodes.Status401Unauthorized;
    }

    private int PutOff(SignatureVerdict.FromAnotherTime late)
    {
        LogPutOff(late.IssuedAt.UtcDateTime, late.Now.UtcDateTime, Math.Round(Math.Abs((late.Now - late.IssuedAt).TotalMinutes)), late.Now < late.IssuedAt ? "earlier" : "later");
        return StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>What cannot be read will not be readable the next time either: 200, or it comes again for a day.</summary>
    private async Task<int> TakeAsync(HttpContext context, SignatureVerdict.Valid valid, VonageEvent? happened)
    {
        if (valid is { IsLate: true, IssuedAt: { } issued })
            LogLate(issued.UtcDateTime);
        var provider = Actor.Provider("vonage") with { Origin = CurrentActor.OriginOf(context) };
        switch (happened)
        {
            case VonageEvent.Receipt receipt:
                await receiveReceipt.ExecuteAsync(provider, receipt.Delivery, context.RequestAborted);
                return StatusCodes.Status200OK;
            case VonageEvent.Inbound inbound:
                await receiveInbound.ExecuteAsync(provider, inbound.Text, context.RequestAborted);
                return StatusCodes.Status200OK;
            case VonageEvent.Ignored ignored:
                LogIgnored(ignored.Reason);
                return StatusCodes.Status200OK;
            case VonageEvent.Unreadable unreadable:
                LogUnreadable(unreadable.Reason);
                return StatusCodes.Status200OK;
            default:
                return StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>The exact bytes, because the signature covers them; null if there are too many.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > LargestBody)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A webhook with a good signature was answered 503 so that it comes again: it was signed at {IssuedAt:u}, and this machine's clock says {Now:u}, {Minutes} minutes {Direction}. Set the clock of this machine")]
    private partial void LogPutOff(DateTime issuedAt, DateTime now, double minutes, string direction);

    [LoggerMessage(Level = LogLevel.Information, Message = "A webhook that was signed at {IssuedAt:u} came only now: the portal could not be reached meanwhile, or the provider was slow. It is taken as any other")]
    private partial void LogLate(DateTime issuedAt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook ignored: {Reason}")]
    private partial void LogIgnored(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook with a good signature could not be read: {Reason}")]
    private partial void LogUnreadable(string reason);
}

internal static class VonageWebhookEndpoints
{
    private const string Policy = "provider webhooks";

    /// <summary>Far above what the provider sends at once; what waits beyond it is answered 503 and comes again.</summary>
    private const int AtOnce = 512;

    private const int InLine = 10_000;

    public static IServiceCollection AddVonageWebhooks(this IServiceCollection services) => services
        .AddSingleton<VonageWebhooks>()
        .AddRateLimiter(limits => limits.AddConcurrencyLimiter(Policy, limit => (limit.PermitLimit, limit.QueueLimit) = (AtOnce, InLine)));

    public static void MapVonageWebhooks(this IEndpointRouteBuilder endpoints)
    {
        foreach (var path in new[] { SimulatorHost.StatusPath, SimulatorHost.InboundPath })
        {
            endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Post], (HttpContext context, VonageWebhooks webhooks) => webhooks.ReceiveAsync(context))
                .AllowAnonymous()
                .DisableAntiforgery()
                .RequireRateLimiting(Policy)
                .WithMetadata(new RequestSizeLimitAttribute(VonageWebhooks.LargestBody));
        }
    }
}
