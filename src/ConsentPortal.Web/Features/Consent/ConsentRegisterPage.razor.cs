using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Consent;

/// <summary>Who stood where for a purpose at an instant; purpose, instant, standing and page stand in the address.</summary>
public sealed partial class ConsentRegisterPage(ConsentRegister register, PurposeList purposes, NavigationManager navigation, TimeProvider clock)
{
    private IReadOnlyList<PurposeName> _purposes = [];
    private RegisterFilters? _filters;
    private (PurposeId Purpose, DateTimeOffset? At)? _counted;
    private IReadOnlyDictionary<ConsentStatus, int>? _counts;
    private RegisterPage? _page;
    private DateTimeOffset _at;
    private bool _asksForNumbers;
    private string _reason = "";

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    private DateTimeOffset Now => clock.GetUtcNow();

    protected override async Task OpenAsync()
    {
        _purposes = await purposes.NamesAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.ConsentRegister, LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filters = RegisterFilters.From(navigation.Uri);
        _filters = _filters with { Purpose = _filters.Purpose ?? (_purposes is [var first, ..] ? first.Id : null) };
        _at = _filters.At ?? Now;
        if (_filters.Purpose is not { } purpose)
            return;
        _page = await register.PageAsync(Actor, _filters.Query(_at), _filters.After, Closing);
        // Counting reads every event of the purpose: once for an instant, not for every page of it.
        if (_counted == (purpose, _filters.At))
            return;
        _counts = await register.CountAsync(Actor, purpose, _at, Closing);
        _counted = (purpose, _filters.At);
    }

    private void Choose(DateTimeOffset? chosen)
    {
        if (chosen is { } at)
            Show(_filters! with { At = at });
    }

    private void Show(RegisterFilters filters) => navigation.NavigateTo((filters with { After = null }).Address);

    private void Ask() => (_asksForNumbers, _reason) = (true, "");

    private void Close() => _asksForNumbers = false;

    private string PurposeName(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    // Granted is always there: nobody having agreed is an answer too.
    private static IEnumerable<ConsentStatus> Shown(IReadOnlyDictionary<ConsentStatus, int> counts) =>
        ((ConsentStatus[])[ConsentStatus.Granted, ConsentStatus.Pending, ConsentStatus.Withdrawn, ConsentStatus.Expired, ConsentStatus.Voided, ConsentStatus.None])
        .Where(status => status == ConsentStatus.Granted || counts.ContainsKey(status));
}
