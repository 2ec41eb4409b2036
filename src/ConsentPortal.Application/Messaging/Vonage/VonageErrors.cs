using System.Collections.Frozen;
using static ConsentPortal.Application.Messaging.ProviderErrorClass;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>What a code means for the number and for us. A class of null says nothing about either.</summary>
internal sealed record VonageError(string Code, ProviderErrorClass? Class, string Meaning);

/// <summary>
/// The four tables of Vonage's codes. The same number can mean different things in each: 1100 is "unsupported channel" in
/// an HTTP error and "communication failed" in a receipt. A code that is in no table is kept raw and judged by nobody.
/// </summary>
internal static class VonageErrors
{
    /// <summary>Receipts of the Messages API: the title of the error.</summary>
    public static FrozenDictionary<string, VonageError> Receipt { get; } = Table(
        new("1000", Transient, "throttled"),
        new("1010", Configuration, "a parameter is missing"),
        new("1020", Configuration, "a parameter is invalid"),
        new("1030", Transient, "internal error"),
        new("1040", SoftStrike, "invalid message or unknown prefix"),
        new("1050", Barred, "number barred"),
        new("1060", Account, "account barred"),
        new("1070", Account, "no credit left"),
        new("1080", Account, "account not enabled for this API"),
        new("1090", Content, "message too long"),
        new("1100", Transient, "communication failed"),
        new("1120", Configuration, "sender not allowed"),
        new("1130", Configuration, "invalid time to live"),
        new("1140", Configuration, "facility not allowed"),
        new("1150", Configuration, "invalid message class"),
        new("1160", Configuration, "number not on the list of a demonstration account"),
        new("1170", PermanentNumber, "invalid recipient"),
        new("1180", Transient, "handset away for the moment"),
        new("1190", PermanentNumber, "subscriber gone for good"),
        new("1200", SoftStrike, "portability error"),
        new("1210", Content, "rejected as spam"),
        new("1220", Transient, "handset busy"),
        new("1230", Transient, "network failure"),
        new("1240", OptedOut, "the person opted out"),
        new("1241", Transient, "too many texts to this number"),
        new("1242", Configuration, "no such number pool"),
        new("1250", SoftStrike, "no route"),
        new("1251", SoftStrike, "no route"),
        new("1260", SoftStrike, "handset unreachable"),
        new("1270", SoftStrike, "age restriction"),
        new("1280", SoftStrike, "blocked by the carrier"),
        new("1282", Content, "blocked by the provider"),
        new("1290", Transient, "prepaid without credit"),
        new("1320", null, "already sent"),
        new("1330", SoftStrike, "unknown permanent failure"),
        new("1331", Transient, "provider error"),
        new("1360", Transient, "expired before delivery"),
        new("1400", Configuration, "unsupported channel"),
        new("1410", Configuration, "invalid channel parameters"),
        new("1420", Configuration, "invalid sender"),
        new("1430", PermanentNumber, "invalid recipient"),
        new("1431", Configuration, "more than one recipient"),
        new("1440", Configuration, "invalid message type"),
        new("1450", Configuration, "invalid parameters"),
        new("1460", DailyLimit, "daily limit reached"),
        new("1470", Configuration, "stopped by a fraud rule"),
        new("1472", Transient, "burst protection"),
        new("1473", Configuration, "stopped as inflated traffic"),
        new("1474", Configuration, "country blocked by a fraud rule"),
        new("1475", Configuration, "network blocked by a fraud rule"),
        new("1476", Configuration, "number on the do-not-originate list"),
        new("1480", Configuration, "entity not registered"),
        new("1481", Configuration, "header not registered"),
        new("1482", Configuration, "content not registered"),
        new("1483", Configuration, "consent filter"),
        new("1484", Configuration, "regulation"),
        new("1490", null, "not every part was confirmed in time"),
        new("2001", Content, "stopped by the provider's fraud rule"));

    /// <summary>Receipts of the SMS API: err-code.</summary>
    public static FrozenDictionary<string, VonageError> SmsReceipt { get; } = Table(
        new("1", SoftStrike, "unknown failure"),
        new("2", Transient, "handset away for the moment"),
        new("3", PermanentNumber, "subscriber gone for good"),
        new("4", PermanentNumber, "barred by the subscriber"),
        new("5", SoftStrike, "portability error"),
        new("6", Content, "rejected as spam"),
        new("7", Transient, "handset busy"),
        new("8", Transient, "network failure"),
        new("9", OptedOut, "the person opted out"),
        new("10", Content, "illegal message"),
        new("11", SoftStrike, "no route"),
        new("12", SoftStrike, "handset unreachable"),
        new("13", SoftStrike, "age restriction"),
        new("14", SoftStrike, "blocked by the carrier"),
        new("15", Transient, "prepaid without credit"),
        new("50", Configuration, "entity not registered"),
        new("51", Configuration, "header not registered"),
        new("52", Configuration, "content not registered"),
        new("53", Configuration, "consent filter"),
        new("54", Configuration, "regulation"),
        new("99", Transient, "route error"));

    /// <summary>Answers of the SMS API: the status of a part.</summary>
    public static FrozenDictionary<string, VonageError> SmsAnswer { get; } = Table(
        new("1", Transient, "faster than the account allows"),
        new("2", Configuration, "a parameter is missing"),
        new("3", Configuration, "a parameter is invalid"),
        new("4", Configuration, "the credentials are wrong"),
        new("5", Transient, "internal error"),
        new("6", SoftStrike, "the number's prefix is unknown"),
        new("7", Barred, "the number is barred"),
        new("8", Configuration, "the account is suspended"),
        new("9", Configuration, "the account has no credit left"),
        new("10", Transient, "too many connections"),
        new("11", Configuration, "the account is not enabled for HTTP"),
        new("12", Content, "the text is too long"),
        new("14", Configuration, "the signature is invalid"),
        new("15", Configuration, "the sender is not allowed for this destination"),
        new("17", Content, "the text was blocked by the provider"),
        new("22", Configuration, "the network code is invalid"),
        new("23", Configuration, "the callback address is invalid"),
        new("29", Configuration, "the number is not on the list of a demonstration account"),
        new("32", Configuration, "both a signature and a secret were sent"),
        new("33", PermanentNumber, "the number is no longer in use"));

    /// <summary>HTTP errors of the Messages API: the fragment of the type address.</summary>
    public static FrozenDictionary<string, VonageError> HttpAnswer { get; } = Table(
        new("110", PermanentNumber, "the recipient is invalid"),
        new("1060", Configuration, "the client reference is invalid"),
        new("1100", Configuration, "the channel is not supported"),
        new("1110", Configuration, "the channel parameters are invalid"),
        new("1120", Configuration, "the sender is invalid"),
        new("1140", Configuration, "the message type is invalid"),
        new("1150", null, "one or more parameters are invalid"),
        new("unathorized", Configuration, "the credentials are wrong"),
        new("unauthorized", Configuration, "the credentials are wrong"),
        new("jwt-expired", Configuration, "the application token has expired; check this machine's clock"),
        new("jwt-revoked", Configuration, "the application's key was revoked"),
        new("unprovisioned", Configuration, "the account is not enabled for this product"),
        new("low-balance", Configuration, "the account has no credit left"),
        new("forbidden", Configuration, "the account may not do this"),
        new("account-suspended", Configuration, "the account is suspended"));

    /// <summary>The codes of the two APIs are never the same, so that the code alone says of which one it is.</summary>
    public static ProviderErrorMeaning? Explain(string code, ProviderCodeSource source)
    {
        var error = source switch
        {
            ProviderCodeSource.Answer => HttpAnswer.GetValueOrDefault(code) ?? SmsAnswer.GetValueOrDefault(code),
            ProviderCodeSource.Receipt => Receipt.GetValueOrDefault(code) ?? SmsReceipt.GetValueOrDefault(code),
        };
        return error is null ? null : new ProviderErrorMeaning(code, error.Class, error.Meaning);
    }

    private static FrozenDictionary<string, VonageError> Table(params ReadOnlySpan<VonageError> errors)
    {
        var table = new Dictionary<string, VonageError>(StringComparer.Ordinal);
        foreach (var error in errors)
            table.Add(error.Code, error);
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
