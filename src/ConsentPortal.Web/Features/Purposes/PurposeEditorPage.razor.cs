using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>Writes or changes a purpose. What people were promised can't be taken from them: the use case refuses it field by field.</summary>
public sealed partial class PurposeEditorPage(PurposeDetail purposes, SavePurpose save)
{
    private PurposeDetails? _details;
    private bool _isReady;
    private Failure? _missing;
    private Failure? _problem;
    private string _name = "";
    private string _brand = "";
    private MessageClass _class = MessageClass.Marketing;
    private LegalBasis _basis = LegalBasis.Consent;
    private string _sender = "";
    private bool _canReceive = true;
    private int? _promised = 4;
    private bool _needsDoubleOptIn;
    private string _keyword = "";
    private List<string> _countries = [];
    private int? _retention;

    [Parameter]
    public Guid? Id { get; set; }

    private bool IsInUse => _details?.IsInUse ?? false;

    protected override async Task OnParametersSetAsync()
    {
        if (Id is { } id && (await purposes.GetAsync(Actor, PurposeId.From(id), Closing)).TryGet(out _details, out _missing))
            Fill(_details.Purpose);
        _isReady = true;
    }

    private void Fill(Purpose purpose)
    {
        (_name, _brand, _class, _basis) = (purpose.Name, purpose.Brand, purpose.MessageClass, purpose.Basis);
        (_sender, _canReceive, _promised) = (purpose.Sender, purpose.SenderCanReceive, purpose.PromisedPerMonth);
        (_needsDoubleOptIn, _keyword) = (purpose.NeedsDoubleOptIn, purpose.JoinKeyword ?? "");
        (_countries, _retention) = ([.. purpose.Countries?.Split(',') ?? []], purpose.RetentionMonths);
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var edit = new PurposeEdit(_details?.Purpose.Id, _name, _brand, _class, _basis, _sender, _canReceive, _promised, _needsDoubleOptIn, _keyword, _countries, _retention);
        if (!(await save.ExecuteAsync(Actor, edit, Closing)).TryGet(out var id, out _problem))
            return;
        Say("The purpose was saved.", MudBlazor.Severity.Success);
        LeaveFor(Paths.Purpose(id));
    });

    private void AddCountry(string? code)
    {
        if (code is not null && !_countries.Contains(code))
            _countries.Add(code);
    }

    private bool IsRefused(string field) => Refusal(field) is not null;

    private string? Refusal(string field) => (_problem as FieldRefused)?.Field == field ? _problem!.Message : null;
}
