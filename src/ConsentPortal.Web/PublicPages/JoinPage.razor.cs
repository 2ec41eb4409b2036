using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>The form of one purpose: the words in use, one empty box, the number. Whoever sends it sees the same answer, whatever is known of the number.</summary>
public sealed partial class JoinPage(JoinForm forms, JoinByForm join) : PublicPage
{
    private const int LongestName = 60;

    private JoinFormDetails? _form;
    private Wording? _wording;
    private string? _problem;
    private string? _phoneProblem;
    private string? _tickProblem;

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromForm]
    private JoinInput Input { get; set; } = default!;

    [Inject]
    private FormStamp Stamps { get; set; } = default!;

    private IReadOnlyList<PublicCountry> Countries => PublicCountries.Of(_form!.Purpose, T.Culture);

    protected override async Task OnInitializedAsync()
    {
        _form = await forms.FindAsync(Name, Leaving);
        if (_form is null)
        {
            Answer(StatusCodes.Status404NotFound);
            return;
        }

        _wording = _form.In(Visit.Languages);
        Input ??= new JoinInput { Stamp = Stamps.Now() };
        Input.Country ??= Home();
    }

    private async Task JoinAsync()
    {
        if (_form is null)
            return;
        // Only a program fills in what nobody sees; it gets the answer that it wants, and nothing happens.
        if (!string.IsNullOrEmpty(Input.Website))
        {
            GoTo(Paths.JoinSent(Name));
            return;
        }

        if (!Read().TryGet(out var phone, out var said))
        {
            _problem = said.Message;
            return;
        }

        var outcome = await join.ExecuteAsync(ActorFor("web-form"), WishOf(phone), Leaving);
        if (outcome.IsSuccess)
            GoTo(Paths.JoinSent(Name));
        else
            Explain(outcome.Failure, phone);
    }

    /// <summary>What has to be mended is said at its field.</summary>
    private Result<PhoneNumber> Read()
    {
        var parsed = PhoneNumber.Parse(Input.Phone, Input.Country);
        if (!parsed.TryGet(out var phone, out var refused))
            _phoneProblem = T[PublicEndpoints.PhoneKey(refused)];
        else if (!_form!.Purpose.IsOpenTo(phone.Region))
            _phoneProblem = T.Of("JoinCountryClosed", PublicCountries.NameOf(phone.Region, T.Culture));
        if (!Input.Agrees)
            _tickProblem = T["JoinTickNeeded"];
        if (_phoneProblem is not null || _tickProblem is not null)
            return new Said(T["JoinProblem"]);
        if (Input.FirstName?.Trim().Length > LongestName)
            return new Said(T["JoinNameLong"]);
        var age = Stamps.AgeOf(Input.Stamp);
        if (age == FormAge.Stale || !_form!.Wordings.Any(w => w.Id.ToString() == Input.Wording))
        {
            Input.Stamp = Stamps.Now();
            return new Said(T["JoinStale"]);
        }

        return age == FormAge.TooQuick ? new Said(T["JoinTooQuick"]) : phone!;
    }

    private JoinWish WishOf(PhoneNumber phone)
    {
        // The words that were on the screen, which may be in another language than a later visit would show.
        var shown = _form!.Wordings.First(w => w.Id.ToString() == Input.Wording);
        var request = HttpContext.Request;
        var evidence = new ConsentEvidence(
            FormUrl: $"{request.Scheme}://{request.Host}{request.Path}", IpAddress: HttpContext.Connection.RemoteIpAddress?.ToString(), UserAgent: Short(request.Headers.UserAgent.ToString(), 400),
            Words: "Box ticked", CollectionPoint: $"Hosted form /join/{JoinForm.Slug(_form.Purpose.Name)}", Language: T.Language, CorrelationId: HttpContext.TraceIdentifier);
        var language = _form.Wordings.Any(w => w.Language == Input.Language) ? Input.Language : shown.Language;
        return new JoinWish(_form.Purpose.Id, shown.Id, phone, string.IsNullOrWhiteSpace(Input.FirstName) ? null : Input.FirstName.Trim(), language, evidence);
    }

    private void Explain(Failure failure, PhoneNumber phone)
    {
        if (failure is CountryNotServed)
            _phoneProblem = T.Of("JoinCountryClosed", PublicCountries.NameOf(phone.Region, T.Culture));
        _problem = failure is CountryNotServed ? T["JoinProblem"] : T["JoinStale"];
    }

    private string Home()
    {
        var region = PublicVisit.RegionOf(HttpContext) ?? T.Language switch { "es" => "ES", "fr" => "FR", "de" => "DE", _ => "US" };
        return Countries.Any(c => c.Code == region) || Countries.Count == 0 ? region : Countries[0].Code;
    }

    private static string? Short(string text, int longest) => text.Length == 0 ? null : text.Length > longest ? text[..longest] : text;

    private sealed record Said(string Sentence) : Failure(Sentence);

    private sealed class JoinInput
    {
        public string? Stamp { get; set; }

        public string? Wording { get; set; }

        public string? Country { get; set; }

        public string? Phone { get; set; }

        public string? FirstName { get; set; }

        public string? Language { get; set; }

        public string? Website { get; set; }

        public bool Agrees { get; set; }
    }
}
