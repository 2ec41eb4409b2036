using System.Buffers.Binary;
using System.Security.Cryptography;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// Draws lots that come out the same whenever and wherever they are drawn: by person, campaign and question. Another
/// campaign draws anew, so that nobody is held out, or gets the second text, time after time; the runs of one that repeats
/// draw that once for all, and only their places anew.
/// </summary>
public static class CampaignBucket
{
    /// <summary>Evenly spread from 0 to <see cref="long.MaxValue"/>.</summary>
    public static long Of(CampaignId campaign, SubscriberId person, BucketQuestion question)
    {
        Span<byte> text = stackalloc byte[33];
        campaign.Value.TryWriteBytes(text, bigEndian: true, out _);
        person.Value.TryWriteBytes(text[16..], bigEndian: true, out _);
        text[32] = (byte)question;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 1);
    }
}

/// <summary>What is drawn for. The numbers are part of every draw: never change one.</summary>
public enum BucketQuestion
{
    Holdout = 1,
    Cap = 2,
    Variant = 3,
}
