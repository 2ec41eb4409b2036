using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>A person as the preview tells them apart.</summary>
internal static class Masked
{
    public static string Of(SubscriberVault vault, Subscriber? person) => person is not null && vault.Open(person) is { } opened ? opened.Phone.ToString() : "Nobody's any more";
}
