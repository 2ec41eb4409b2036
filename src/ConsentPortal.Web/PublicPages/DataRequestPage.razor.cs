using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>Takes a request about one's data from anybody. Whoever sends it sees the same answer, whatever is known of the number; who asks is made sure later.</summary>
public sealed partial class DataRequestPage(AskAboutData ask) : PublicPage
{
    private string? _problem;
    private string? _phoneProblem;

    [SupplyParameterFromForm]
    private AskInput Input { get; set; } = default!;

    [Inject]
    private FormStamp Stamps { get; set; } = default!;

    protected override void OnInitialized()
    {
        Input ??= new AskInput { Stamp = Stamps.Now() };
        Input.Country ??= PublicVisit.RegionOf(HttpContext) ?? T.Language switch { "es" => "ES", "fr" => "FR", "de" => "DE", _ => "US" };
    }

    private async Task AskAsync()
    {
        // Only a program fills in what nobody sees; it gets the answer that it wants, and nothing happens.
        if (!string.IsNullOrEmpty(Input.Website))
        {
            GoTo(Paths.DataRequestSent);
            return;
        }

        if (Problem(out var phone) is { } problem)
        {
            _problem = problem;
            return;
        }

        await ask.ExecuteAsync(ActorFor("data-request"), new AskedAboutData(phone!, Input.Kind, Input.Message, T.Language), Leaving);
        GoTo(Paths.DataRequestSent);
    }

    /// <returns>What has to be mended; null where nothing has.</returns>
    private string? Problem(out PhoneNumber? phone)
    {
        if (!PhoneNumber.Parse(Input.Phone, Input.Country).TryGet(out phone, out var refused))
        {
            _phoneProblem = T[PublicEndpoints.PhoneKey(refused)];
            return T["JoinProblem"];
        }

        if (Input.Message?.Length > AskAboutData.LongestMessage)
            return T["AskMessageLong"];
        var age = Stamps.AgeOf(Input.Stamp);
        if (age == FormAge.Stale)
            Input.Stamp = Stamps.Now();
        return age switch { FormAge.Stale => T["JoinStale"], FormAge.TooQuick => T["JoinTooQuick"], FormAge.Fine => Enum.IsDefined(Input.Kind) ? null : T["JoinProblem"] };
    }

    private sealed class AskInput
    {
        public string? Stamp { get; set; }

        public PrivacyRequestKind Kind { get; set; } = PrivacyRequestKind.Access;

        public string? Country { get; set; }

        public string? Phone { get; set; }

        public string? Message { get; set; }

        /// <summary>Nobody sees it.</summary>
        public string? Website { get; set; }
    }
}
