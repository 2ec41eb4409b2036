using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Ends consent for a person who said so outside the portal.</summary>
public sealed partial class WithdrawConsentForm(WithdrawConsent withdraw, TimeProvider clock)
{
    private SuppressionScope _scope = SuppressionScope.All;
    private SuppressionSource _source = SuppressionSource.Staff;
    private PurposeId? _purpose;
    private string _reason = "";
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    private string? WhyNot =>
        _scope is SuppressionScope.Purpose && _purpose is null ? "Choose the purpose."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say who asked, and how." : null;

    private bool IsComplaint => _source is SuppressionSource.Complaint;

    private void Know(SuppressionSource source) => (_source, _scope) = (source, source is SuppressionSource.Complaint ? SuppressionScope.All : _scope);

    private Task WithdrawAsync() => RunAsync(async () =>
    {
        var withdrawal = new Withdrawal(_scope, _source, ConsentChannel.Staff, _reason.Trim(), clock.GetUtcNow(), _scope is SuppressionScope.Purpose ? _purpose : null);
        if (!(await withdraw.ExecuteAsync(Actor, Person.Id, withdrawal, Closing)).TryGet(out _, out _problem))
            return;
        Say("The consent was withdrawn. Nothing more is sent under it.", MudBlazor.Severity.Success);
        await OnDone.InvokeAsync();
    });

    private string PurposeName(PurposeId? id) => Person.Consents.FirstOrDefault(c => c.PurposeId == id)?.Purpose ?? "";
}
