using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The link to a person's own page, for staff to pass on.</summary>
public sealed partial class PersonPreferences(CopyPreferenceLink copy, NavigationManager navigation)
{
    private string? _link;
    private Failure? _problem;

    [Parameter, EditorRequired]
    public SubscriberId PersonId { get; set; }

    private Task ShowAsync() => RunAsync(async () =>
    {
        if ((await copy.ExecuteAsync(Actor, PersonId, Closing)).TryGet(out var token, out _problem))
            _link = navigation.ToAbsoluteUri(Paths.PreferencesOf(token)).ToString();
    });
}
