using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>When texts may arrive by the clock of each person, rather than at one instant for all.</summary>
public sealed partial class Campaign
{
    /// <summary>
    /// Whether it starts when the clock where the person is shows the time that some clock on earth first shows at
    /// <see cref="StartAt"/>; whoever's clock has passed it by then is texted at once.
    /// </summary>
    public bool StartsLocally { get; private set; }

    /// <summary>First full hour of the person's day at which texts may arrive, 0 to 23; null with <see cref="SendToHour"/>.</summary>
    public int? SendFromHour { get; private set; }

    /// <summary>1 to 24; at this hour none arrives any more.</summary>
    public int? SendToHour { get; private set; }

    public SendingHours? Hours => SendFromHour is { } from && SendToHour is { } to ? new SendingHours(from, to) : null;

    /// <summary>Null where it wants nothing of anybody's clock.</summary>
    public SendTiming? Timing => StartsLocally || SendFromHour is not null ? new SendTiming(StartsLocally ? SendTiming.WallClockOf(StartAt) : null, Hours) : null;

    public void Time(bool startsLocally, SendingHours? hours) => (StartsLocally, SendFromHour, SendToHour) = (startsLocally, hours?.From, hours?.To);
}
