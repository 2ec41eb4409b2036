using System.Globalization;
using ConsentPortal.Domain.Policy;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>Every switch of a policy with what it does and where it comes from beside it.</summary>
public sealed partial class PolicyFormPanel
{
    [Parameter, EditorRequired]
    public required PolicyForm Form { get; set; }

    /// <summary>What is wrong with what was entered.</summary>
    [Parameter]
    public IReadOnlyList<PolicyProblem> Problems { get; set; } = [];

    /// <summary>What a change costs, where it costs something.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>After each change.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private PolicyProblem[] Of(PolicyField field) => [.. Problems.Where(problem => problem.Field == field)];

    private Task Set(Action change)
    {
        change();
        return OnChanged.InvokeAsync();
    }

    private Task AddCountry(string? code) => code is null || Form.Countries.Any(c => c.Country == code)
        ? Task.CompletedTask
        : Set(() => Form.Countries.Add(new CountryDraft(code, new CountryOverride())));

    private static string TimeText(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static TimeOnly? Time(ChangeEventArgs change) =>
        TimeOnly.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var time) ? time : null;

    private static string DayText(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(ChangeEventArgs change) =>
        DateOnly.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var day) ? day : null;
}
