using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Texts that the provider took and of which no receipt came, and the question to its records.</summary>
public sealed partial class SilentTexts(AskWhatBecame ask)
{
    private int _count;
    private BecameKnown? _found;
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required CampaignId Campaign { get; set; }

    /// <summary>The figures beside it are others now.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    protected override async Task OpenAsync() => _count = await ask.CountAsync(Actor, Campaign, Closing);

    private Task AskAsync() => RunAsync(async () =>
    {
        if (!(await ask.ExecuteAsync(Actor, Campaign, Closing)).TryGet(out _found, out _problem))
            return;
        _count = _found.Left;
        await OnChange.InvokeAsync();
    });
}
