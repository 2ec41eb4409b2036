using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>One's own mobile number, shown to be one's own by a code, for test texts.</summary>
public sealed partial class TestNumberPage(StaffNumberList numbers, TextStaffCode text, VerifyStaffNumber verify, RemoveStaffNumber remove) : PortalPage
{
    private OwnNumber? _own;
    private IReadOnlyList<SentTest> _tests = [];
    private Failure? _problem;
    private string _number = "";
    private string? _country;
    private string _code = "";

    protected override Task OpenAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _own = await numbers.OwnAsync(Actor, Closing);
        _tests = await numbers.LastAsync(Actor, Closing);
    }

    private Task TextAsync() => ActAsync(() => text.ExecuteAsync(Actor, _number, _country, Closing), "The code is on its way.", () => (_number, _code) = ("", ""));

    private Task VerifyAsync() => ActAsync(() => verify.ExecuteAsync(Actor, _code, Closing), "The number is verified. Tests can go to it.", () => _code = "");

    private Task RemoveAsync() => ActAsync(() => remove.ExecuteAsync(Actor, Closing), "The number is removed.", () => { });

    private Task ActAsync<T>(Func<Task<Result<T>>> act, string success, Action afterwards) => RunAsync(async () =>
    {
        var done = await act();
        _problem = done.Failure;
        if (done.IsSuccess)
        {
            afterwards();
            Say(success, MudBlazor.Severity.Success);
        }

        await LoadAsync();
    });
}
