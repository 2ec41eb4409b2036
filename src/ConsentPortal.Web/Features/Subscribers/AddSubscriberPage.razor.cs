using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Adds one person by hand; the number is judged while it is typed.</summary>
public sealed partial class AddSubscriberPage(AddSubscriber add, SubscriberList people)
{
    private readonly ProfileDraft _draft = new();

    private IReadOnlyList<string> _sources = [];
    private string _text = "";
    private string? _country = "US";
    private string _source = "";
    private PhoneNumber? _phone;
    private Recipient? _recipient;
    private SubscriberId? _known;
    private Failure? _refused;
    private Failure? _problem;

    private string? WhyNot =>
        _phone is null ? "Enter a number that can be texted."
        : _known is not null ? "Somebody has this number already."
        : string.IsNullOrWhiteSpace(_source) ? "Say where the person came from."
        : _draft.WhyNot;

    protected override async Task OpenAsync() => _sources = await people.SourcesAsync(Actor, Closing);

    private Task ReadInAsync(string? country)
    {
        _country = country;
        return JudgeAsync(_text);
    }

    private async Task JudgeAsync(string? text)
    {
        _text = text ?? "";
        (_phone, _recipient, _known, _refused, _problem) = (null, null, null, null, null);
        if (string.IsNullOrWhiteSpace(_text))
            return;
        if (!PhoneNumber.Parse(_text, _country).TryGet(out var phone, out _refused))
            return;
        var known = await add.FindAsync(Actor, phone, Closing);
        // Whoever typed on meanwhile is answered for the newer text.
        if (_text == (text ?? ""))
            (_phone, _recipient, _known) = (phone, Recipient.Of(phone), known);
    }

    private Task AddAsync() => RunAsync(async () =>
    {
        var person = new NewSubscriber(_phone!, _phone!.LineType, _draft.Profile, _source.Trim(), ProfileDraft.Text(_draft.Language)?.ToLowerInvariant(), _draft.Country,
            _draft.StateCode, _draft.Zone, _draft.Frequency);
        if (!(await add.ExecuteAsync(Actor, person, Closing)).TryGet(out var id, out _problem))
            return;
        Say("The subscriber was added. No consent is recorded yet.", MudBlazor.Severity.Success);
        LeaveFor(Paths.Subscriber(id));
    });
}
