using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Finds one person by what a caller can tell of themselves. What is typed stays out of the address.</summary>
public sealed partial class PersonPicker(SubscriberList subscribers)
{
    private const int Shown = 8;

    private string _search = "";
    private string _searched = "";
    private IReadOnlyList<SubscriberRow>? _found;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public EventCallback<SubscriberRow> OnPick { get; set; }

    /// <summary>What is offered beside, given what was searched for, where nobody was found.</summary>
    [Parameter]
    public RenderFragment<string>? NobodyFound { get; set; }

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key == "Enter" && _search.Trim().Length >= 3 ? FindAsync() : Task.CompletedTask;

    private async Task FindAsync()
    {
        _searched = _search.Trim();
        _found = (await subscribers.PageAsync(Actor, new SubscriberQuery(_searched, PageSize: Shown), CancellationToken.None)).Rows;
    }
}
