using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The conversation with a person, both ways, with what became of each text.</summary>
public sealed partial class PersonMessages(SubscriberConversation conversation)
{
    private IReadOnlyList<ConversationText>? _texts;
    private DateTimeOffset? _earlier;
    private SubscriberId _shown;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Person.Id)
            return;
        _shown = Person.Id;
        (_texts, _earlier) = await conversation.PageAsync(Actor, Person.Id, before: null, Closing);
    }

    private Task EarlierAsync() => RunAsync(async () =>
    {
        var page = await conversation.PageAsync(Actor, Person.Id, _earlier, Closing);
        (_texts, _earlier) = ([.. page.Texts, .. _texts!], page.Earlier);
    });

    private string? Steps(ConversationText.Out sent) => sent.Steps.Count == 0 ? null
        : string.Join(" · ", sent.Steps.Select(step => $"{step.Status} {Figures.Time(step.At, Choices?.TimeZone ?? TimeZoneInfo.Utc)}{(step.ErrorCode is null ? "" : $" (error {step.ErrorCode})")}"));
}
