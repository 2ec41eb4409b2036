using System.Security.Claims;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components.Authorization;

namespace ConsentPortal.Web.Components;

/// <summary>The person at the screen as the first parameter of every use case.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, StaffActors staff, TimeProvider clock)
{
    private ActorOrigin? _origin;

    /// <summary>Said once, when the circuit opens: later there is no request to ask.</summary>
    public void CameFrom(string? address) => _origin = new ActorOrigin(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), address);

    /// <summary>With the rights of this moment; <see cref="Actor.Nobody"/> for a stranger.</summary>
    public async Task<Actor> GetAsync(CancellationToken cancellationToken) =>
        await ActorOf((await authentication.GetAuthenticationStateAsync()).User, staff, _origin, cancellationToken);

    /// <summary>The same for a plain request, such as a download.</summary>
    public static Task<Actor> OfRequestAsync(HttpContext request, CancellationToken cancellationToken) =>
        ActorOf(request.User, request.RequestServices.GetRequiredService<StaffActors>(), OriginOf(request), cancellationToken);

    public static ActorOrigin OriginOf(HttpContext request) => new(request.TraceIdentifier, request.Connection.RemoteIpAddress?.ToString());

    private static async Task<Actor> ActorOf(ClaimsPrincipal person, StaffActors staff, ActorOrigin? origin, CancellationToken cancellationToken)
    {
        var actor = Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? await staff.FindAsync(id, cancellationToken) : null;
        return actor is null ? Actor.Nobody : actor with { Origin = origin };
    }
}
