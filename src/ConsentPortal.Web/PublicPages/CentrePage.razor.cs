using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>
/// What a person chooses for themselves, behind a signed link or after a code. Looking changes nothing; every button is a form
/// of its own, so that the page works without scripts.
/// </summary>
public sealed partial class CentrePage(PreferenceCentre centre, PreferenceLinks links, TimeProvider clock) : PublicPage
{
    private PreferenceDetails? _details;
    private ErasureAsked? _asked;
    private string? _problem;
    private bool _isCodeSent;

    [Parameter]
    public string? Token { get; set; }

    [SupplyParameterFromQuery(Name = "said")]
    private string? Said { get; set; }

    [SupplyParameterFromForm]
    private CentreInput Input { get; set; } = default!;

    [Inject]
    private OwnActs Acts { get; set; } = default!;

    private bool IsProven => Visit.Visitor is { IsNumberProven: true };

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private string Refused => Visit.Refusal switch
    {
        PreferenceLinkExpired or null => "Expired",
        PreferenceLinkBroken => "Broken",
        _ => "Void",
    };

    private PreferenceVisitor Visitor => Visit.Visitor!;

    private Actor Self => ActorFor("");

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CentreInput();
        _isCodeSent = Input.Code is not null;
        if (Visit.Visitor is { } visitor && (await centre.GetAsync(Self, visitor.SubscriberId, Visit.Languages, Leaving)).TryGet(out var details, out _))
            _details = details;
        else if (Token is null && Visit.Refusal is null)
            GoTo(Paths.Preferences);
        else
            Answer(Visit.Refusal is PreferenceLinkBroken ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone);
    }

    private async Task OnAsync(PreferencePurpose item)
    {
        var wanted = Guid.TryParse(Input.Wording, out var id) ? WordingId.From(id) : item.Wording.Id;
        var request = HttpContext.Request;
        var evidence = new ConsentEvidence(
            FormUrl: $"{request.Scheme}://{request.Host}{Paths.OwnPreferences}", IpAddress: HttpContext.Connection.RemoteIpAddress?.ToString(), UserAgent: request.Headers.UserAgent.ToString(),
            Words: "Switched on", CollectionPoint: "Preference page", Language: T.Language, CorrelationId: HttpContext.TraceIdentifier);
        var outcome = await SignalledAsync(() => Acts.Switch.ExecuteAsync(Self, Visitor.SubscriberId, new PurposeSwitch(item.Purpose.Id, wanted, IsProven, evidence), Leaving));
        Tell(outcome.TryGet(out var status, out var failure) ? status == ConsentStatus.Granted ? "on" : "pending" : failure is CodeNeeded ? "needscode" : failure is StoppedByOthers ? "held" : "failed");
    }

    private async Task OffAsync(PreferencePurpose item)
    {
        var outcome = await SignalledAsync(() => Acts.Switch.ExecuteAsync(Self, Visitor.SubscriberId, new PurposeSwitch(item.Purpose.Id, null, IsProven, new ConsentEvidence()), Leaving));
        Tell(outcome.IsSuccess ? "off" : "failed");
    }

    private async Task StopAsync() => Tell((await SignalledAsync(() => Acts.Stop.ExecuteAsync(Self, Visitor.SubscriberId, Leaving))).IsSuccess ? "stopped" : "failed");

    private async Task SaveAsync()
    {
        DateOnly? pause = null;
        if (!string.IsNullOrWhiteSpace(Input.Pause))
        {
            if (!DateOnly.TryParseExact(Input.Pause, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                Tell("pause");
                return;
            }

            pause = day;
        }

        if (!Enum.TryParse<FrequencyPreference>(Input.Frequency, out var frequency) || !Enum.IsDefined(frequency))
        {
            Tell("failed");
            return;
        }

        var wish = new PreferenceWish(frequency, pause, PublicTexts.Languages.Contains(Input.Language) ? Input.Language : null);
        var outcome = await SignalledAsync(() => Acts.Change.ExecuteAsync(Self, Visitor.SubscriberId, wish, Leaving));
        Tell(outcome.IsSuccess ? "saved" : outcome.Failure is PauseImpossible ? "pause" : "failed");
    }

    private async Task EndSharingAsync()
    {
        var signal = PublicVisit.HasPrivacySignal(HttpContext) ? SharingSignal.GlobalPrivacyControl : SharingSignal.Button;
        Tell((await Acts.EndSharing.ExecuteAsync(Self, Visitor.SubscriberId, signal, Leaving)).IsSuccess ? "sharing" : "failed");
    }

    private async Task SendCodeAsync()
    {
        await SignalledAsync(() => Acts.TextCode.ExecuteAsync(Self, Visitor.SubscriberId, Leaving));
        _isCodeSent = true;
    }

    private async Task ReadCodeAsync()
    {
        var outcome = await SignalledAsync(() => Acts.ReadCode.ExecuteAsync(Self, Visitor.SubscriberId, Input.Code ?? "", Leaving));
        if (outcome.TryGet(out var period, out _))
        {
            Sessions.Begin(HttpContext, links.SessionFor(period));
            GoTo($"{Paths.OwnPreferences}?said=proven");
            return;
        }

        (_isCodeSent, _problem) = (true, T["CodeRefused"]);
    }

    private async Task EraseAsync()
    {
        if (!Input.Sure)
            _problem = T["EraseTickNeeded"];
        else if ((await SignalledAsync(() => Acts.Erase.ExecuteAsync(Self, Visitor.SubscriberId, IsProven, Leaving))).TryGet(out var asked, out _))
            _asked = asked;
        else
            _problem = T["Said_failed"];
    }

    /// <summary>A browser that sends the privacy signal is heard with the first thing that its person does here (11 CCR § 7025).</summary>
    private async Task<Result<TOutcome>> SignalledAsync<TOutcome>(Func<Task<Result<TOutcome>>> act)
    {
        if (PublicVisit.HasPrivacySignal(HttpContext))
            await Acts.EndSharing.ExecuteAsync(Self, Visitor.SubscriberId, SharingSignal.GlobalPrivacyControl, Leaving);
        return await act();
    }

    private void Tell(string said) => GoTo($"{(Token is null ? Paths.OwnPreferences : Paths.PreferencesOf(Token))}?said={said}");

    private static string StateOf(PreferencePurpose item) => item.IsOn ? "StatusOn" : item.Status == ConsentStatus.Pending ? "StatusPending" : "StatusOff";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class CentreInput
    {
        public string? Wording { get; set; }

        public string? Frequency { get; set; }

        public string? Pause { get; set; }

        public string? Language { get; set; }

        public string? Code { get; set; }

        public bool Sure { get; set; }
    }
}

/// <summary>What a person can do on their page.</summary>
internal sealed record OwnActs(
    SwitchPurpose Switch, StopEverything Stop, ChangePreferences Change, EndSharing EndSharing, TextPreferenceCode TextCode, ReadPreferenceCode ReadCode, AskForErasure Erase);
