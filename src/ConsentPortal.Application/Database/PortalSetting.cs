using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Database;

/// <summary>A value of the organisation, as JSON under a stable name.</summary>
public sealed class PortalSetting
{
    public const string Organisation = "organisation";

    /// <summary>A value sealed by the key ring: it opens only with the ring that the database was written with.</summary>
    public const string KeyRingCheck = "key-ring-check";

    /// <summary>By role which permissions of <see cref="Domain.Staff.RoleBundle.Shipped"/> it was ever given by a start of the portal.</summary>
    public const string HandedOutPermissions = "handed-out-permissions";

    /// <summary>Why the provider takes no texts; there only while it takes none.</summary>
    public const string SendingStop = "sending-stop";

    /// <summary>When a person last let texts leave again that receipts had stopped.</summary>
    public const string SendingLetGo = "sending-let-go";

    /// <summary>For how many months each class of records is kept, where somebody has chosen.</summary>
    public const string Retention = "retention";

    /// <summary>How many days a copy of the database lives, where somebody has said so.</summary>
    public const string BackupDays = "backup-days";

    /// <summary>What the last verification of the audit log found.</summary>
    public const string AuditVerification = "audit-verification";

    /// <summary>When everything was last compared with what the provider says.</summary>
    public const string ProviderComparison = "provider-comparison";

    /// <summary>The money at the provider, as it was last told.</summary>
    public const string ProviderBalance = "provider-balance";

    /// <summary>How many tries to sign in with an unknown address this hour has seen.</summary>
    public const string StrangersAtSignIn = "strangers-at-sign-in";

    /// <summary>How far the demo data have come; there only in a portal that has them.</summary>
    public const string Demo = "demo";

    public required string Name { get; init; }

    public required string Json { get; set; }
}

internal sealed class PortalSettingMapping : IEntityTypeConfiguration<PortalSetting>
{
    public void Configure(EntityTypeBuilder<PortalSetting> builder)
    {
        builder.ToTable("PortalSettings");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(60);
    }
}
