using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>Makes a key and shows it once.</summary>
public sealed partial class NewApiKeyPage(CreateApiKey create, TimeProvider clock)
{
    private const int Forever = 0;
    private const int Year = 365;

    private static readonly int[] Lifetimes = [30, 90, Year, Forever];

    private readonly HashSet<string> _scopes = [];

    private string _name = "";
    private int _days = Year;
    private NewApiKey? _made;
    private string _madeFor = "";
    private Failure? _problem;

    private string? WhyNot => _name.Trim().Length < 2 ? "Name the program." : _scopes.Count == 0 ? "Choose at least one scope." : null;

    private Task CreateAsync() => RunAsync(async () =>
    {
        _made = null;
        var expiry = _days == Forever ? (DateTimeOffset?)null : clock.GetUtcNow().AddDays(_days);
        if (!(await create.ExecuteAsync(Actor, new ApiKeyDraft(_name, _scopes, expiry), Closing)).TryGet(out _made, out _problem))
            return;
        (_madeFor, _name) = (_name.Trim(), "");
        _scopes.Clear();
    });

    private void Choose(string scope, bool isChosen)
    {
        if (isChosen)
            _scopes.Add(scope);
        else
            _scopes.Remove(scope);
    }

    private static string Lifetime(int days) => days switch
    {
        Forever => "Until it is revoked",
        Year => "A year",
        _ => $"{days} days",
    };
}
