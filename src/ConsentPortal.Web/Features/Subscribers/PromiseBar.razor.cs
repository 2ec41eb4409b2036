using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>How far what somebody was promised for a purpose is used up.</summary>
public sealed partial class PromiseBar
{
    /// <summary>Null for purposes whose texts no promise counts.</summary>
    [Parameter, EditorRequired]
    public PromiseMeter? Meter { get; set; }

    /// <summary>The person's zone, by which their months go.</summary>
    [Parameter]
    public string? Zone { get; set; }

    private static string Said(PromiseMeter meter) => meter.Promise is { } promise
        ? $"{Figures.Count(meter.Received)} of {Figures.Count(promise.Count)} promised, {Window(promise.Unit)}"
        : $"{Figures.Count(meter.Received)} in the {Window(PromiseUnit.Month)}, no number promised";

    private static string Window(PromiseUnit unit) => unit switch
    {
        PromiseUnit.Day => "past 24 hours",
        PromiseUnit.Week => "past 7 days",
        PromiseUnit.Month => "past month",
    };
}
