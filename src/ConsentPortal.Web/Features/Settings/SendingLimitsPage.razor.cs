using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>What each sender may send, what is used of it, and what a carrier holds back.</summary>
public sealed partial class SendingLimitsPage(SendingLimitList list, RemoveSendingLimit remove, ReleaseSendingHold release)
{
    private const int MostCodesShown = 3;

    private SendingLimitOverview? _overview;

    /// <summary>The limit whose removal was asked for once and has to be said again: its texts leave at that moment.</summary>
    private Guid? _asked;

    protected override async Task OpenAsync() => _overview = await list.GetAsync(Actor, Closing);

    private Task RemoveAsync(SendingLimitRow limit) => RunAsync(async () =>
    {
        _asked = null;
        Tell(await remove.ExecuteAsync(Actor, limit.Id, Closing), $"The limit of {limit.Sender} is removed. What waited for it leaves now.");
        _overview = await list.GetAsync(Actor, Closing);
    });

    private Task ReleaseAsync(SendingLimitRow limit) => RunAsync(async () =>
    {
        Tell(await release.ExecuteAsync(Actor, limit.Id, Closing), $"{limit.Sender} sends on. If the carrier refuses a text again for today's limit, it is held again.");
        _overview = await list.GetAsync(Actor, Closing);
    });

    private static string Limit(int? parts) => parts is { } most ? Figures.Count(most) : "No limit";

    private static string Shortened(string networks) =>
        networks.Split(' ') is { Length: > MostCodesShown } codes ? $"{string.Join(", ", codes.Take(MostCodesShown))} and {codes.Length - MostCodesShown} more" : networks.Replace(" ", ", ", StringComparison.Ordinal);
}
