using ConsentPortal.Application.Breaches;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>One breach: what is known, who was told, and how long the authority may still be without word.</summary>
public sealed partial class BreachPage(BreachRegister register, EditBreach edit, TellOfBreach tell, CloseBreach close, TimeProvider clock) : PortalPage
{
    private BreachView? _view;
    private Failure? _missing;
    private BreachDraft? _draft;
    private Failure? _problem;
    private NoticeKind _kind = NoticeKind.Authority;
    private string _whom = "";
    private string _how = "";
    private DateTimeOffset _toldAt;
    private string _grounds = "";

    [Parameter]
    public Guid Id { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _toldAt = BreachDraft.Minutes(clock.GetUtcNow());
        (await register.GetAsync(Actor, Id, Closing)).TryGet(out _view, out _missing);
        _grounds = _view?.Breach.Grounds ?? "";
    }

    private void Edit() => (_draft, _problem) = (BreachDraft.Of(_view!.Breach), null);

    private Task SaveAsync() => RunAsync(async () =>
    {
        var outcome = await edit.ExecuteAsync(Actor, Id, _view!.Breach.Version, _draft!.ToText(), Closing);
        if (!outcome.IsSuccess)
        {
            _problem = outcome.Failure;
            return;
        }

        _draft = null;
        await LoadAsync();
    });

    private Task TellAsync() => RunAsync(async () =>
    {
        if (!Tell(await tell.ExecuteAsync(Actor, Id, _kind, _whom, _how, _toldAt, Closing), "It is on record."))
            return;
        (_whom, _how) = ("", "");
        await LoadAsync();
    });

    private Task CloseAsync() => RunAsync(async () =>
    {
        Tell(await close.ExecuteAsync(Actor, Id, _grounds, Closing), "The breach is closed.");
        await LoadAsync();
    });
}
