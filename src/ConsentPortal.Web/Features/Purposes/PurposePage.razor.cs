using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Consent.Linting;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>One purpose with every version of its wordings.</summary>
public sealed partial class PurposePage(PurposeDetail purposes, RetirePurpose retire)
{
    private PurposeDetails? _details;
    private Failure? _missing;
    private string _reason = "";

    [Parameter]
    public Guid Id { get; set; }

    private bool MayEdit => _details!.Purpose.RetiredAt is null && Actor.May(Permissions.EditWordings);

    /// <summary>Where the number is asked to confirm: the law of Germany and Austria decides there, whatever the purpose says (EU-24).</summary>
    private static string DoubleOptInOf(Purpose purpose)
    {
        if (purpose.NeedsDoubleOptIn)
            return "Always";
        if (purpose.MessageClass is not (MessageClass.Marketing or MessageClass.Informational) || !WordingLinter.NeedsDoubleOptInByLaw(purpose))
            return "Only if switched on: no country of this purpose asks for it by law";
        return purpose.Countries is null || purpose.Countries.Split(',').Any(c => c is not ("DE" or "AT"))
            ? "In Germany and Austria, where the law asks for it"
            : "Always: the law of Germany and Austria asks for it";
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => (await purposes.GetAsync(Actor, PurposeId.From(Id), Closing)).TryGet(out _details, out _missing);

    private Task RetireAsync() => RunAsync(async () =>
    {
        if (Tell(await retire.ExecuteAsync(Actor, _details!.Purpose.Id, _reason.Trim(), Closing), "The purpose is retired. Nobody new can join it, and its campaigns are stopped."))
            await LoadAsync();
    });
}
