using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Gives a person another number, and asks them there again if they want it.</summary>
public sealed partial class ChangeNumberPage(OpenSubscriber open, ChangeNumber change)
{
    private SubscriberDetails? _person;
    private string _text = "";
    private string? _country = "US";
    private PhoneNumber? _phone;
    private bool _isAskedByPerson = true;
    private bool _asksAgain;
    private bool _isShared;
    private string _askedBy = "";
    private string _reason = "";
    private Failure? _refused;
    private Failure? _missing;
    private Failure? _problem;

    [Parameter]
    public Guid Id { get; set; }

    private string? WhyNot =>
        _phone is null ? "Enter a number that can be texted."
        : !ReasonNeeded.IsMetBy(_askedBy) ? "Say how they asked."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why; it is kept in the audit trail." : null;

    private IReadOnlyList<string> Granted => [.. _person!.Consents.Where(c => c.State.Status is ConsentStatus.Granted).Select(c => c.Purpose)];

    protected override async Task OnParametersSetAsync()
    {
        var id = SubscriberId.From(Id);
        if (_person?.Id != id && (await open.ExecuteAsync(Actor, id, Closing)).TryGet(out _person, out _missing))
            _missing = _person.IsErased ? new SubscriberNotFound() : null;
    }

    private void ReadIn(string? country)
    {
        _country = country;
        Judge(_text);
    }

    private void Judge(string? text)
    {
        _text = text ?? "";
        (_phone, _refused, _problem, _isShared) = (null, null, null, false);
        if (!string.IsNullOrWhiteSpace(_text))
            PhoneNumber.Parse(_text, _country).TryGet(out _phone, out _refused);
    }

    private Task ChangeAsync() => RunAsync(async () =>
    {
        var wish = new NumberChange(_person!.Version, _phone!, _reason, _askedBy, _isAskedByPerson, _asksAgain && _isAskedByPerson, _isShared);
        if (!(await change.ExecuteAsync(Actor, _person.Id, wish, Closing)).TryGet(out var changed, out _problem))
            return;
        Say(changed.AskedAgain > 0
            ? $"The number was changed. {Figures.Counted(changed.AskedAgain, "question")} will be texted to the new one."
            : "The number was changed. No consent came along.", MudBlazor.Severity.Success);
        LeaveFor(Paths.Subscriber(_person.Id));
    });
}
