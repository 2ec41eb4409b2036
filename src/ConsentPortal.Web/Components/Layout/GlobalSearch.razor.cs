using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Layout;

/// <summary>
/// Takes what was typed to the subscriber list. The text travels in the history entry, not in the address: it may be a
/// phone number or a name, and addresses end in logs and bookmarks.
/// </summary>
public sealed partial class GlobalSearch(NavigationManager navigation)
{
    private string _text = "";

    private void Search()
    {
        if (_text.Trim() is not { Length: > 0 } text)
            return;
        _text = "";
        navigation.NavigateTo(Paths.Subscribers, new NavigationOptions { HistoryEntryState = text });
    }
}
