using ConsentPortal.Domain.Breaches;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Breaches;

internal static class BreachMeanings
{
    public static Meaning Of(BreachRisk risk) => risk switch
    {
        BreachRisk.Unlikely => Meaning.Neutral,
        BreachRisk.Risk => Meaning.Pending,
        BreachRisk.High => Meaning.Blocked,
    };
}
