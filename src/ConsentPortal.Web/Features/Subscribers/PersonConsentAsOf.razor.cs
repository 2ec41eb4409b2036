using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using ConsentPortal.Web.Features.Consent;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>
/// A person's consent at an instant of the past: a slider over the span of their events and a field for the exact time; the
/// instant stands in the address.
/// </summary>
public sealed partial class PersonConsentAsOf(ConsentAsOf consent, NavigationManager navigation, TimeProvider clock)
{
    // Fine enough for a pixel of any screen.
    private const int Steps = 1000;

    private PersonAsOf? _shown;
    private (SubscriberId Person, string? AsOf, Guid Version) _loaded;
    private DateTimeOffset _now;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    /// <summary>As it stands in the address; null for now.</summary>
    [Parameter]
    public string? AsOf { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    private DateTimeOffset? Instant => Instants.Read(AsOf);

    private DateTimeOffset First => _shown!.Moments[0].At;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Person.Id, AsOf, Person.Version);
        if (_loaded == wanted)
            return;
        _loaded = wanted;
        _now = clock.GetUtcNow();
        _shown = (await consent.GetAsync(Actor, Person.Id, Instant ?? _now, Closing)).TryGet(out var shown, out _) ? shown : null;
    }

    private string PlaceOf(DateTimeOffset at)
    {
        var span = (_now - First).Ticks;
        var share = span <= 0 ? 1 : Math.Clamp((double)(at - First).Ticks / span, 0, 1);
        return ((int)Math.Round(share * Steps)).ToString(CultureInfo.InvariantCulture);
    }

    private void Slide(ChangeEventArgs change)
    {
        if (!int.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var step))
            return;
        // The right end is the present, which needs no instant in the address.
        if (step >= Steps)
            navigation.NavigateTo(Paths.Subscriber(Person.Id, PersonTabs.Consent));
        else
            Go(First + ((_now - First) * ((double)step / Steps)));
    }

    private void Choose(DateTimeOffset? chosen)
    {
        if (chosen is { } at)
            Go(at);
    }

    private void Go(DateTimeOffset at) => navigation.NavigateTo(Paths.SubscriberAsOf(Person.Id, at));

    private string LaterSentence(PurposeAsOf purpose)
    {
        var shown = Meanings.Of(purpose.ShownThen).Word.ToLowerInvariant();
        return purpose.Decided is { } decided && decided.RecordedAt > _shown!.At
            ? $"This is known only since {Figures.Time(decided.RecordedAt, Zone)}, when it was recorded. On the day itself the portal showed: {shown}."
            : $"Something that had happened by then was recorded later. On the day itself the portal showed: {shown}.";
    }
}
