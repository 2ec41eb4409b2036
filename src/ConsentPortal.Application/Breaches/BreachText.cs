using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Application.Breaches;

/// <summary>What staff write about a breach, as it was entered.</summary>
/// <param name="AwareAt">UTC.</param>
/// <param name="BeganAt">UTC; null while unknown.</param>
/// <param name="People">About how many; null while unknown.</param>
/// <param name="Grounds">Why somebody was told late or not at all.</param>
/// <param name="Contact">Whom the authority can ask.</param>
public sealed record BreachText(
    string Title, string WhatHappened, DateTimeOffset AwareAt, DateTimeOffset? BeganAt, string Data, int? People, int? Records, BreachRisk Risk, string Consequences, string Measures,
    string? Grounds = null, string? Contact = null)
{
    public const int LongestTitle = 200;
    public const int Longest = 4000;

    /// <returns>Null for a text that can be kept.</returns>
    internal Failure? Refusal(DateTimeOffset now)
    {
        if (Title.Trim().Length < 5 || WhatHappened.Trim().Length < 10 || Data.Trim().Length < 3)
            return new BreachRefused("Give a title, what happened, and which data it was. Nothing was saved; what is not known yet can be added later.");
        if (AwareAt > now)
            return new BreachRefused("The organisation can't have become aware later than now. Nothing was saved; check the date, the time is UTC.");
        if (BeganAt > AwareAt)
            return new BreachRefused("It can't have begun after the organisation became aware. Nothing was saved; check the two times.");
        return People < 0 || Records < 0 ? new BreachRefused("Numbers of people and records can't be below zero. Nothing was saved.") : null;
    }

    internal void WriteTo(Breach breach)
    {
        (breach.Title, breach.WhatHappened, breach.AwareAt, breach.BeganAt) = (Title.Trim(), WhatHappened.Trim(), AwareAt, BeganAt);
        (breach.Data, breach.People, breach.Records, breach.Risk) = (Data.Trim(), People, Records, Risk);
        (breach.Consequences, breach.Measures) = (Consequences.Trim(), Measures.Trim());
        (breach.Grounds, breach.Contact) = (OrNull(Grounds), OrNull(Contact));
    }

    internal static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>What the audit trail keeps: the words only as their hash, because they may say more than they should.</summary>
    internal static Dictionary<string, object?> Facts(Breach breach) => new()
    {
        ["number"] = breach.Number, ["awareAt"] = breach.AwareAt, ["beganAt"] = breach.BeganAt, ["people"] = breach.People, ["records"] = breach.Records, ["risk"] = breach.Risk,
        ["closedAt"] = breach.ClosedAt,
        ["textSha256"] = Hash(breach.Title, breach.WhatHappened, breach.Data, breach.Consequences, breach.Measures, breach.Grounds, breach.Contact),
    };

    internal static string Hash(params ReadOnlySpan<string?> words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', words))));

    /// <summary>Whether the 72 hours would begin at another time; pages know minutes.</summary>
    internal bool MovesTheClock(Breach breach) => (AwareAt - breach.AwareAt).Duration() >= TimeSpan.FromMinutes(1);
}
