using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ConsentPortal.Application.Database;

/// <summary>
/// The whole store. Two sealed heirs, SQLite and SQL Server, hold what differs; nothing in the model or in a query may
/// need a feature that one of them lacks.
/// </summary>
public abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<StaffMember, StaffRole, Guid>(options), IDataProtectionKeyContext
{
    // Only of what is moved on step by step, and whose entries say from where: not of the ten thousands of rows of an import.
    private readonly Dictionary<object, PropertyValues> _asRead = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<(DateTimeOffset From, int Version)>? _policies;

    /// <summary>The number of the policy that governs at an instant, for the entries of a transaction; null outside of one.</summary>
    internal int? PolicyAt(DateTimeOffset at)
    {
        if (_policies is null)
            return null;
        foreach (var (from, version) in _policies)
        {
            if (from <= at)
                return version;
        }

        return PolicyVersion.Default.Number;
    }

    /// <summary>
    /// How a request or a campaign was when this transaction read it, whatever of it was saved since: the entry about a change says so. Null for
    /// one that the transaction has added, and outside of one.
    /// </summary>
    internal PropertyValues? AsRead(object row) => _asRead.GetValueOrDefault(row);

    /// <summary>Called at the beginning of every transaction that writes.</summary>
    internal void RememberWhatIsRead() => ChangeTracker.Tracked += (_, tracked) =>
    {
        if (tracked.FromQuery && tracked.Entry.Entity is PrivacyRequest or Campaign)
            _asRead[tracked.Entry.Entity] = tracked.Entry.OriginalValues.Clone();
    };

    /// <summary>Reads which policies have begun or will; called at the beginning of every transaction that writes.</summary>
    internal async Task ReadPoliciesAsync(CancellationToken cancellationToken)
    {
        var begun = await Policies.AsNoTracking().Where(p => p.ActiveFrom != null).OrderByDescending(p => p.ActiveFrom).ThenByDescending(p => p.Version)
            .Select(p => new { From = p.ActiveFrom!.Value, p.Version }).ToListAsync(cancellationToken);
        _policies = begun.ConvertAll(p => (p.From, p.Version));
    }

    public DbSet<Subscriber> Subscribers => Set<Subscriber>();

    public DbSet<NumberPeriod> NumberPeriods => Set<NumberPeriod>();

    public DbSet<SearchWord> SearchWords => Set<SearchWord>();

    public DbSet<SearchRun> SearchRuns => Set<SearchRun>();

    public DbSet<AttributeDefinition> AttributeDefinitions => Set<AttributeDefinition>();

    public DbSet<SubscriberAttribute> SubscriberAttributes => Set<SubscriberAttribute>();

    public DbSet<SubscriberFact> SubscriberFacts => Set<SubscriberFact>();

    public DbSet<Purpose> Purposes => Set<Purpose>();

    public DbSet<PurposeKeyword> PurposeKeywords => Set<PurposeKeyword>();

    public DbSet<Wording> Wordings => Set<Wording>();

    public DbSet<ConsentEvent> ConsentEvents => Set<ConsentEvent>();

    public DbSet<ConsentRecord> ConsentRecords => Set<ConsentRecord>();

    public DbSet<Suppression> Suppressions => Set<Suppression>();

    public DbSet<PrivacyRequestAttachment> PrivacyRequestAttachments => Set<PrivacyRequestAttachment>();

    public DbSet<EvidenceDocument> EvidenceDocuments => Set<EvidenceDocument>();

    public DbSet<OneTimeCode> OneTimeCodes => Set<OneTimeCode>();

    public DbSet<Segment> Segments => Set<Segment>();

    public DbSet<SegmentVersion> SegmentVersions => Set<SegmentVersion>();

    public DbSet<SegmentMember> SegmentMembers => Set<SegmentMember>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<ListPrice> ListPrices => Set<ListPrice>();

    public DbSet<DryRun> DryRuns => Set<DryRun>();

    public DbSet<ReengagementAnswer> ReengagementAnswers => Set<ReengagementAnswer>();

    public DbSet<StaffNumber> StaffNumbers => Set<StaffNumber>();

    public DbSet<StaffCode> StaffCodes => Set<StaffCode>();

    public DbSet<StaffText> StaffTexts => Set<StaffText>();

    public DbSet<OutboundMessage> OutboundMessages => Set<OutboundMessage>();

    public DbSet<TextDoubt> TextDoubts => Set<TextDoubt>();

    public DbSet<SentPart> SentParts => Set<SentPart>();

    public DbSet<ReceivedReceipt> ReceivedReceipts => Set<ReceivedReceipt>();

    public DbSet<InboundMessage> InboundMessages => Set<InboundMessage>();

    public DbSet<ReceivedPart> ReceivedParts => Set<ReceivedPart>();

    public DbSet<ProviderVerdict> ProviderVerdicts => Set<ProviderVerdict>();

    public DbSet<TextTemplate> TextTemplates => Set<TextTemplate>();

    public DbSet<TextTemplateVersion> TextTemplateVersions => Set<TextTemplateVersion>();

    public DbSet<KeywordCase> KeywordCases => Set<KeywordCase>();

    public DbSet<SendingLimit> SendingLimits => Set<SendingLimit>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<PrivacyRequest> PrivacyRequests => Set<PrivacyRequest>();

    public DbSet<UnrecordedNumber> UnrecordedNumbers => Set<UnrecordedNumber>();

    public DbSet<PrivacyRequestEntry> PrivacyRequestEntries => Set<PrivacyRequestEntry>();

    public DbSet<PrivacyRequestLetter> PrivacyRequestLetters => Set<PrivacyRequestLetter>();

    public DbSet<PackageReview> PackageReviews => Set<PackageReview>();

    public DbSet<PackageRedaction> PackageRedactions => Set<PackageRedaction>();

    public DbSet<ProviderRedaction> ProviderRedactions => Set<ProviderRedaction>();

    public DbSet<ErasureTrace> ErasureTraces => Set<ErasureTrace>();

    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();

    public DbSet<Breach> Breaches => Set<Breach>();

    public DbSet<BreachNotice> BreachNotices => Set<BreachNotice>();

    public DbSet<KeptReport> KeptReports => Set<KeptReport>();

    public DbSet<KeptReportFile> KeptReportFiles => Set<KeptReportFile>();

    public DbSet<KeptReportPart> KeptReportParts => Set<KeptReportPart>();

    public DbSet<ReportRecipient> ReportRecipients => Set<ReportRecipient>();

    public DbSet<KeptReportReading> KeptReportReadings => Set<KeptReportReading>();

    public DbSet<ReportSchedule> ReportSchedules => Set<ReportSchedule>();

    public DbSet<EvidenceRoom> EvidenceRooms => Set<EvidenceRoom>();

    public DbSet<EvidenceQuestion> EvidenceQuestions => Set<EvidenceQuestion>();

    public DbSet<EvidenceComment> EvidenceComments => Set<EvidenceComment>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditCheckpoint> AuditCheckpoints => Set<AuditCheckpoint>();

    public DbSet<PolicyRow> Policies => Set<PolicyRow>();

    public DbSet<SimulatedText> SimulatedTexts => Set<SimulatedText>();

    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();

    public DbSet<ImportIssue> ImportIssues => Set<ImportIssue>();

    public DbSet<ImportChange> ImportChanges => Set<ImportChange>();

    public DbSet<ImportPreset> ImportPresets => Set<ImportPreset>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<PortalSetting> PortalSettings => Set<PortalSetting>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Whether a failed save failed because a unique index already held the value.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException exception);

    /// <summary>Whether the same work, done again, may well succeed: a deadlock, a busy file.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Whether another transaction has written the consent that this one had read; done again, the work sees what that one wrote.</summary>
    internal bool IsOvertaken(Exception exception) =>
        exception is DbUpdateException { Entries.Count: > 0 } problem && (problem is DbUpdateConcurrencyException || IsUniqueViolation(problem)) && problem.Entries.All(e => e.Entity is ConsentRecord);

    /// <summary>
    /// People whom a rule can mean, read through <see cref="SubscriberMapping.Rules"/> whatever the planner thinks: for counts, which
    /// need no more of a person, and for whoever goes through all by id. Without figures about the table a planner takes an index of one column and reads half of all rows.
    /// </summary>
    internal virtual IQueryable<Subscriber> ByRules => Subscribers.Where(s => s.ErasedAt == null && s.MergedIntoId == null);

    /// <summary>All facts, read by kind and then by time or by person, whatever the planner thinks.</summary>
    internal virtual IQueryable<SubscriberFact> FactsInOrder(bool byTime) => SubscriberFacts;

    /// <summary>How often each actor looked, by day of UTC, counted by the database: of a year of looks it hands over a few thousand rows.</summary>
    internal abstract IQueryable<LooksOfDay> LooksByDay(string action, string objectKind, DateTimeOffset from, DateTimeOffset to);

    /// <summary>How many people said yes and how many left, by day of UTC, counted by the database: a large import is a million events of one day.</summary>
    internal abstract IQueryable<MovesOfDay> MovesByDay(DateTimeOffset since);

    /// <summary>Told before a transaction that writes thousands of rows and will be followed by more of its kind.</summary>
    internal virtual Task ExpectManyRowsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// For somebody who reads the embedded database as a file: until <see cref="LetStateGoAsync"/> all that is in force now stays in
    /// the file or in its log, wherever it is moved. Others may go on to write.
    /// </summary>
    internal virtual Task HoldStateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal virtual Task LetStateGoAsync() => Task.CompletedTask;

    /// <summary>Opens the connection for somebody who reads between the commits of another one, so that what was read before is soon stale.</summary>
    internal virtual Task OpenToReadOnceAsync(CancellationToken cancellationToken) => Database.OpenConnectionAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        builder.Entity<StaffMember>().Property(s => s.DisplayName).HasMaxLength(120);
        builder.Entity<StaffRole>().Property(r => r.Purpose).HasMaxLength(400);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        StrongId<SubscriberId>(configurationBuilder);
        StrongId<PurposeId>(configurationBuilder);
        StrongId<WordingId>(configurationBuilder);
        StrongId<SegmentId>(configurationBuilder);
        StrongId<CampaignId>(configurationBuilder);
        StrongId<PrivacyRequestId>(configurationBuilder);
        StrongId<ImportBatchId>(configurationBuilder);
        StrongId<NumberPeriodId>(configurationBuilder);
    }

    protected virtual void StrongId<TId>(ModelConfigurationBuilder configuration) where TId : struct, IStrongId<TId> =>
        configuration.Properties<TId>().HaveConversion<StrongIdToGuid<TId>>();
}

internal sealed class StrongIdToGuid<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, IStrongId<TId>
{
    private static TId Make(Guid value) => TId.From(value);
}
