using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>When which number was this person's, whether it works, what the Reassigned Numbers Database said, and the ways to a new number or one record.</summary>
public sealed partial class PersonNumbers(RecordReassignedAnswers record, TrustNumber trust, TimeProvider clock)
{
    private ReassignedAnswer _answer = ReassignedAnswer.No;
    private string _reason = "";
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    [Parameter, EditorRequired]
    public required Relations Relations { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private Task TrustAsync() => RunAsync(async () =>
    {
        if (!(await trust.ExecuteAsync(Actor, Person.Id, _reason, Closing)).TryGet(out _, out _problem))
            return;
        _reason = "";
        Say("Texts go to this number again.", MudBlazor.Severity.Success);
        await OnChange.InvokeAsync();
    });

    private Task RecordAsync() => RunAsync(async () =>
    {
        if (!(await record.RecordOneAsync(Actor, Person.Id, _answer, clock.GetUtcNow(), Closing)).TryGet(out _, out _problem))
            return;
        Say(_answer is ReassignedAnswer.Yes ? "The number has a new owner: the consent was voided and the number listed." : "The answer was recorded.", MudBlazor.Severity.Success);
        await OnChange.InvokeAsync();
    });
}
