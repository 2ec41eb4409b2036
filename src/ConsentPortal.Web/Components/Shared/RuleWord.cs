namespace ConsentPortal.Web.Components.Shared;

public enum RuleWordKind
{
    /// <summary>Binding words: "whose", "is at least".</summary>
    Plain = 0,

    /// <summary>What is compared: "consent to Offers".</summary>
    Field = 1,

    /// <summary>What it is compared with: "granted", "30 days".</summary>
    Value = 2,

    /// <summary>How conditions are bound: "and", "or", "but not".</summary>
    Joiner = 3,
}

public sealed record RuleWord(string Text, RuleWordKind Kind = RuleWordKind.Plain);
