using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ConsentPortal.Web.Hosting;

/// <summary>
/// Whose word the portal takes for a caller's address and scheme: loopback, and the reverse proxies named in
/// <c>Hosting:KnownProxies</c>.
/// </summary>
internal static class ProxyHeaders
{
    public static void Configure(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in configuration.GetSection("Hosting:KnownProxies").Get<string[]>() ?? [])
        {
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new InvalidOperationException($"Hosting:KnownProxies holds \"{proxy}\", which is not an IP address. Name each reverse proxy by its address."));
        }
    }
}
