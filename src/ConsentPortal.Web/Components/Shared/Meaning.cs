using ConsentPortal.Domain.Consent;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>The five things that a colour says in the portal, and "nothing in particular".</summary>
public enum Meaning
{
    Neutral = 0,
    Granted = 1,
    Pending = 2,
    Withdrawn = 3,
    Blocked = 4,
    Deferred = 5,
}

/// <summary>How each meaning looks: always an icon beside the colour, so that nothing is said by colour alone.</summary>
public static class Meanings
{
    public static string CssClass(this Meaning meaning) => meaning switch
    {
        Meaning.Neutral => "meaning-neutral",
        Meaning.Granted => "meaning-granted",
        Meaning.Pending => "meaning-pending",
        Meaning.Withdrawn => "meaning-withdrawn",
        Meaning.Blocked => "meaning-blocked",
        Meaning.Deferred => "meaning-deferred",
    };

    public static string Icon(this Meaning meaning) => meaning switch
    {
        Meaning.Neutral => Icons.Material.Outlined.Circle,
        Meaning.Granted => Icons.Material.Outlined.CheckCircle,
        Meaning.Pending => Icons.Material.Outlined.HourglassEmpty,
        Meaning.Withdrawn => Icons.Material.Outlined.RemoveCircleOutline,
        Meaning.Blocked => Icons.Material.Outlined.Block,
        Meaning.Deferred => Icons.Material.Outlined.Schedule,
    };

    /// <summary>The word and meaning of a person's standing for one purpose.</summary>
    public static (Meaning Meaning, string Word) Of(ConsentStatus status) => status switch
    {
        ConsentStatus.None => (Meaning.Neutral, "No consent"),
        ConsentStatus.Pending => (Meaning.Pending, "Pending"),
        ConsentStatus.Granted => (Meaning.Granted, "Granted"),
        ConsentStatus.Withdrawn => (Meaning.Withdrawn, "Withdrawn"),
        ConsentStatus.Expired => (Meaning.Withdrawn, "Expired"),
        ConsentStatus.Voided => (Meaning.Withdrawn, "Voided"),
    };
}
