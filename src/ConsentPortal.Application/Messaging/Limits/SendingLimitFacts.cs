using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>A limit as the audit trail has it.</summary>
internal static class SendingLimitFacts
{
    public const string ObjectType = "sendingLimit";

    public static Dictionary<string, object?> Of(SendingLimit limit) => new()
    {
        ["sender"] = limit.Sender, ["carrier"] = limit.Carrier, ["country"] = limit.Country, ["networks"] = limit.Networks, ["partsPerMinute"] = limit.PartsPerMinute,
        ["partsPerDay"] = limit.PartsPerDay, ["zone"] = limit.Zone, ["heldUntil"] = limit.HeldUntil,
    };
}
