using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The facts that a decision looked at, in words; times are UTC, because rules count in it or in the recipient's own.</summary>
internal static class SeenWords
{
    public static IEnumerable<(string Name, string Words)> Of(SendFacts facts, DateTimeOffset at) =>
        [.. Person(facts), .. Consent(facts), .. Frequency(facts, at), .. Text(facts)];

    private static IEnumerable<(string Name, string Words)> Person(SendFacts facts)
    {
        yield return ("Number", facts.To.IsValid ? $"{PersonWords.Of(facts.To.LineType)}, {PersonWords.Country(facts.To.Region!)}{(facts.To.States.Count == 0 ? "" : $" ({string.Join(", ", facts.To.States)})")}" : "Nobody there");
        if (facts.DeclaredCountry is { } country)
            yield return ("Address", facts.DeclaredState is { } state ? $"{state}, {PersonWords.Country(country)}" : PersonWords.Country(country));
        if (facts.DeclaredZone is { } zone)
            yield return ("Confirmed zone", zone);
        if (facts.IsRestricted)
            yield return ("Processing", "restricted");
        if (facts.Reassigned is { } check)
            yield return ("Reassigned", check.CheckedAt is { } asked ? $"{PersonWords.Of(check.Answer)}, asked {Time(asked)}" : PersonWords.Of(check.Answer));
    }

    private static IEnumerable<(string Name, string Words)> Consent(SendFacts facts)
    {
        var (_, word) = facts.Consent is { } consent ? Meanings.Of(consent.State) : Meanings.Of(Domain.Consent.ConsentStatus.None);
        yield return ("Consent", facts.Consent is { GrantedAt: { } granted } known ? $"{word}, {PersonWords.Of(known.Level).ToLowerInvariant()}, given {Time(granted)}" : word);
        if (facts.Consent?.ExpiresAt is { } end)
            yield return ("Runs out", Time(end));
        yield return ("Stop", facts.Suppression is { } scope ? $"reaches {scope.ToString().ToLowerInvariant()}" : "none that reaches this text");
    }

    private static IEnumerable<(string Name, string Words)> Frequency(SendFacts facts, DateTimeOffset at)
    {
        yield return ("Texts before", $"{Figures.Count(facts.RecentSends.Count(s => s.At > at.AddHours(-24)))} in 24 hours, {Figures.Count(facts.RecentSends.Count)} in 32 days");
        if (facts.PromisedPerMonth is { } promised)
            yield return ("Promised", $"at most {Figures.Count(promised)} a month");
        yield return ("Chosen frequency", PersonWords.Of(facts.Frequency));
        if (facts.PausedUntil is { } until)
            yield return ("Paused until", Time(until));
        if (facts.PurchaseAt is { } purchase)
            yield return ("Latest purchase", Time(purchase));
    }

    private static IEnumerable<(string Name, string Words)> Text(SendFacts facts)
    {
        yield return ("Kind of text", PersonWords.Of(facts.MessageClass));
        if (facts.Body is { } body)
            yield return ("Length", $"{Figures.Counted(body.Measure.Parts, "part")}{(body.Signals.HasOptOut ? ", says how to stop" : ", does not say how to stop")}");
        if (facts.Sender?.Number is { } sender)
            yield return ("Sender", sender);
    }

    private static string Time(DateTimeOffset at) => $"{Figures.Time(at, TimeZoneInfo.Utc)} UTC";
}
