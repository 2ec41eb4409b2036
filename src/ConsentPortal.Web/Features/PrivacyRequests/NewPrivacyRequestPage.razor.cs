using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Enters a request that reached the organisation by whatever way, and shows its days before it is saved.</summary>
public sealed partial class NewPrivacyRequestPage(OpenPrivacyRequest open, OpenUnrecordedRequest openUnrecorded, OpenSubscriber subscribers, OrganisationCalendar calendar, TimeProvider clock) : PortalPage
{
    private static readonly string[] Sources = ["Phone", "Email", "Letter", "In person", "Preference page", "Authorised agent"];

    private SubscriberDetails? _person;
    private PhoneNumber? _number;
    private PrivacyRequestKind _kind = PrivacyRequestKind.Access;
    private PrivacyRegime _regime = PrivacyRegime.Other;
    private string _source = Sources[0];
    private DateOnly _received;
    private string? _note;
    private Failure? _problem;

    /// <summary>The person, where the request is entered from their page.</summary>
    [SupplyParameterFromQuery]
    public Guid? Subscriber { get; set; }

    /// <summary>By the organisation's calendar, by which the law's days count too.</summary>
    private DateOnly Today { get; set; }

    private RequestDeadlines Deadlines => RequestClock.For(_regime, _kind, _received, []);

    private IReadOnlyList<RequestSummary> Open => [.. (_person?.Requests ?? []).Where(r => r.CompletedAt is null)];

    private string EffectAtOnceWords => _kind switch
    {
        PrivacyRequestKind.Objection or PrivacyRequestKind.OptOutOfSale => "With it the number goes on the do-not-text list for marketing, as a code.",
        PrivacyRequestKind.Withdrawal => "With it the number goes on the do-not-text list for every text, as a code.",
        PrivacyRequestKind.Access or PrivacyRequestKind.Portability or PrivacyRequestKind.Rectification or PrivacyRequestKind.Erasure or PrivacyRequestKind.Restriction => "",
    };

    private string RegimeHelp => _person is null && _number is null ? "Suggested by where the person and the number are." : $"Suggested by where the person and the number are, the earlier day of both: {RequestWords.Of(Suggested)}.";

    private PrivacyRegime Suggested => _person is null && _number is null ? PrivacyRegime.Other : PrivacyRegimes.Suggest(_person?.Declared.Region, _person is null ? RegionOf(_number!) : _person.Region, _kind, _received);

    protected override async Task OpenAsync()
    {
        Today = _received = (await calendar.GetAsync(Actor, Closing)).Of(clock.GetUtcNow());
        if (Subscriber is { } id)
            await PickAsync(SubscriberId.From(id));
    }

    private async Task PickAsync(SubscriberId id)
    {
        if (!(await subscribers.ExecuteAsync(Actor, id, Closing)).TryGet(out _person, out _problem))
            return;
        _regime = Suggested;
    }

    private void PickNumber(PhoneNumber number)
    {
        (_number, _problem) = (number, null);
        _regime = Suggested;
    }

    private void Unpick() => (_person, _number, _problem) = (null, null, null);

    /// <returns>Null for what is no whole number.</returns>
    private static PhoneNumber? NumberIn(string searched) => PhoneNumber.Parse(searched, null).TryGet(out var number, out _) ? number : null;

    /// <summary>Whoever has typed a country code wants to know what is wrong with the rest.</summary>
    private static string WhyNoNumber(string searched) => searched.TrimStart().StartsWith('+') && PhoneNumber.Parse(searched, null).Failure is { } refused
        ? refused.Message
        : "Type the whole number with its country code to enter a request for somebody who has no record here.";

    private static string? RegionOf(PhoneNumber number) => number.Region.Length > 0 ? number.Region : null;

    /// <summary>Laws differ by kind in which of them is the stricter; what somebody chose against the suggestion stays.</summary>
    private void Choose(PrivacyRequestKind kind)
    {
        var isSuggested = _regime == Suggested;
        (_kind, _problem) = (kind, null);
        if (isSuggested)
            _regime = Suggested;
    }

    private Task SaveAsync(bool isSecondWanted) => RunAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var outcome = _number is { } number
            ? await openUnrecorded.ExecuteAsync(Actor, new NewUnrecordedRequest(number, _kind, _regime, _source, now, _note, isSecondWanted, _received), Closing)
            : await open.ExecuteAsync(Actor, new NewPrivacyRequest(_person!.Id, _kind, _regime, _source, now, _note, isSecondWanted, _received), Closing);
        if (outcome.TryGet(out var id, out _problem))
            LeaveFor(Paths.PrivacyRequest(id));
    });
}
