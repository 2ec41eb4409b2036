using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The end of a restriction, once its person was told.</summary>
public sealed partial class PersonRestriction(LiftRestriction lift, TimeProvider clock)
{
    private DateTime? _toldOn;
    private string _how = "";
    private string _reason = "";
    private Failure? _problem;

    [Parameter, EditorRequired]
    public SubscriberId PersonId { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    private string? WhyNot =>
        _toldOn is null ? "Say when the person was told."
        : !ReasonNeeded.IsMetBy(_how) ? "Say how the person was told."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why the restriction ends." : null;

    private Task LiftAsync() => RunAsync(async () =>
    {
        var end = new RestrictionEnd(DateOnly.FromDateTime(_toldOn!.Value), _how, _reason);
        if (!(await lift.ExecuteAsync(Actor, PersonId, end, Closing)).TryGet(out _, out _problem))
            return;
        Say("The restriction is lifted.", MudBlazor.Severity.Success);
        await OnChange.InvokeAsync();
    });
}
