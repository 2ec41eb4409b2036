using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Where a campaign stands.</summary>
/// <param name="Version">Another one than before when the campaign itself was changed, not only its texts.</param>
/// <param name="Stop">Why the provider takes no texts at present; null while it does.</param>
public sealed record CampaignNews(Guid Version, CampaignStatus Status, CampaignFigures Figures, SendingStop? Stop);

/// <summary>
/// Pushes the figures of a campaign to everybody who looks at it. They are read once for all of them, and only after this
/// process has committed something; what other processes commit is seen a little later.
/// </summary>
public sealed class CampaignFeed(PortalDatabase database, CampaignProgress progress, TimeProvider clock)
{
    /// <summary>Figures are not read more often than this, however much is committed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>After so long they are read although nothing was committed here.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(16);

    private static readonly Actor Reader = Actor.Job("campaign-feed");

    private readonly Lock _gate = new();
    private readonly Dictionary<CampaignId, List<Channel<CampaignNews>>> _viewers = [];

    /// <summary>Goes on until it is cancelled, or the campaign does not exist.</summary>
    public IAsyncEnumerable<CampaignNews> FollowAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        return ReadAllAsync(id, cancellationToken);
    }

    private async IAsyncEnumerable<CampaignNews> ReadAllAsync(CampaignId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whoever is slow gets the latest figures, not all of them.
        var mine = Channel.CreateBounded<CampaignNews>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Enter(id, mine);
        try
        {
            await foreach (var news in mine.Reader.ReadAllAsync(cancellationToken))
                yield return news;
        }
        finally
        {
            Leave(id, mine);
        }
    }

    private void Enter(CampaignId id, Channel<CampaignNews> viewer)
    {
        lock (_gate)
        {
            if (_viewers.TryGetValue(id, out var others))
            {
                others.Add(viewer);
                return;
            }

            _viewers[id] = [viewer];
        }

        _ = WatchAsync(id);
    }

    private void Leave(CampaignId id, Channel<CampaignNews> viewer)
    {
        lock (_gate)
            _viewers.GetValueOrDefault(id)?.Remove(viewer);
    }

    /// <summary>One for each campaign that somebody looks at.</summary>
    private async Task WatchAsync(CampaignId id)
    {
        try
        {
            var (seen, silent, isRunning) = (database.Commits, TimeSpan.Zero, true);
            while (true)
            {
                await Task.Delay(Pause, clock, CancellationToken.None);
                silent += Pause;
                if (Viewers(id) is not { } viewers)
                    return;
                // What is not under way changes seldom, whatever else is committed.
                if ((database.Commits == seen || !isRunning) && silent < LongestSilence)
                    continue;
                (seen, silent) = (database.Commits, TimeSpan.Zero);
                if (await ReadAsync(id) is not { } news)
                    break;
                isRunning = news.Status is CampaignStatus.Preparing or CampaignStatus.Sending or CampaignStatus.Scheduled or CampaignStatus.Repeating;
                viewers.ForEach(viewer => viewer.Writer.TryWrite(news));
            }

            End(id, null);
        }
        catch (Exception problem)
        {
            End(id, problem);
        }
    }

    /// <returns>Null when the last one has left: then nobody watches any more.</returns>
    private List<Channel<CampaignNews>>? Viewers(CampaignId id)
    {
        lock (_gate)
        {
            if (_viewers[id].Count > 0)
                return [.. _viewers[id]];
            _viewers.Remove(id);
            return null;
        }
    }

    private void End(CampaignId id, Exception? problem)
    {
        lock (_gate)
            if (_viewers.Remove(id, out var viewers))
                viewers.ForEach(viewer => viewer.Writer.TryComplete(problem));
    }

    private async Task<CampaignNews?> ReadAsync(CampaignId id)
    {
        await using var db = database.Open();
        var known = await db.Campaigns.Where(c => c.Id == id).Select(c => new { c.Version, c.Status }).SingleOrDefaultAsync();
        return known is not null && (await progress.GetAsync(Reader, id, CancellationToken.None)).TryGet(out var figures, out _)
            ? new CampaignNews(known.Version, known.Status, figures, await SendingStopNotice.FindAsync(db, CancellationToken.None))
            : null;
    }
}
