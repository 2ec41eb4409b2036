using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Campaigns;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Everything that happened to one person and what is planned, newest first.</summary>
public sealed partial class PersonTimeline(SubscriberTimeline timeline)
{
    private readonly HashSet<TimelineSource> _sources = [.. Enum.GetValues<TimelineSource>()];

    private IReadOnlyList<TimelineItem>? _items;
    private TimelineCursor? _next;
    private SubscriberId _shown;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_shown == Person.Id)
            return Task.CompletedTask;
        _shown = Person.Id;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_sources.Count == 0)
        {
            (_items, _next) = ([], null);
            return;
        }

        var page = await timeline.PageAsync(Actor, Person.Id, _sources, after: null, Closing);
        (_items, _next) = ([.. page.Entries.Select(Item)], page.Next);
    }

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await timeline.PageAsync(Actor, Person.Id, _sources, _next, Closing);
        (_items, _next) = ([.. _items!, .. page.Entries.Select(Item)], page.Next);
    });

    private Task ChooseAsync(TimelineSource source, bool isShown)
    {
        if (isShown)
            _sources.Add(source);
        else
            _sources.Remove(source);
        return LoadAsync();
    }

    private static TimelineItem Item(TimelineEntry entry)
    {
        var key = $"{entry.Source}-{entry.Place.Id}";
        return entry switch
        {
            TimelineEntry.ConsentChanged consent => new TimelineItem(key, entry.At, $"{PersonWords.Of(consent.Kind)}: {consent.Purpose}", Detail(consent), MeaningOf(consent.Kind)),
            TimelineEntry.TextReceived text => new TimelineItem(key, entry.At, $"Texted: {text.Body ?? "words that are not kept"}", MessageWords.Taken(text.Taken), Meaning.Neutral, Icons.Material.Outlined.CallReceived),
            TimelineEntry.TextSent text => new TimelineItem(key, entry.At, $"{CampaignWords.Of(text.State).Word}: {text.Campaign ?? MessageWords.Of(text.Kind)}", Detail(text), CampaignWords.Of(text.State).Meaning,
                Icons.Material.Outlined.Sms, text.CampaignId is { } campaign ? Paths.Campaign(campaign) : null),
            TimelineEntry.RecordChanged record => new TimelineItem(key, entry.At, MessageWords.Action(record.Action), record.Why is null ? $"By {record.Who}" : $"By {record.Who}: {record.Why}", Meaning.Neutral,
                Icons.Material.Outlined.EditNote),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Detail(TimelineEntry.ConsentChanged consent)
    {
        string?[] parts =
        [
            PersonWords.Of(consent.Channel), consent.WordingVersion is { } version ? $"wording version {version} ({consent.WordingLanguage})" : null,
            consent.IsActOfPerson ? "by the person themselves" : $"recorded by {consent.Who}", consent.Reason,
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    private static string Detail(TimelineEntry.TextSent text)
    {
        string?[] parts = [text.Purpose, text.Reason is null ? null : CampaignWords.Reason(text.Reason), text.Rule, text.Body];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    private static Meaning MeaningOf(ConsentEventKind kind) => kind switch
    {
        ConsentEventKind.Requested => Meaning.Pending,
        ConsentEventKind.Granted or ConsentEventKind.Confirmed or ConsentEventKind.Renewed => Meaning.Granted,
        ConsentEventKind.Withdrawn or ConsentEventKind.Expired or ConsentEventKind.Voided or ConsentEventKind.Retracted => Meaning.Withdrawn,
    };

    private static string Words(TimelineSource source) => source switch
    {
        TimelineSource.Consent => "Consent",
        TimelineSource.TextIn => "Texts received",
        TimelineSource.TextOut => "Texts sent and planned",
        TimelineSource.Record => "Changes of the record",
    };
}
