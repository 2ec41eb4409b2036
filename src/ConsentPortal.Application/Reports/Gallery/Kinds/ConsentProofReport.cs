using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>The certificate of one person's consent for programs; on paper <see cref="MakeConsentProof"/> makes it.</summary>
internal sealed class ConsentProofReport(SubscriberVault vault) : GalleryReport
{
    public override ReportDescription Description { get; } = new(
        MakeConsentProof.Kind, "Certificate of consent", "Proves that one person agreed to one purpose: the exact words, when and how, the confirmation, what came later, and where the audit log has it.",
        ReportNeeds.Person | ReportNeeds.Purpose, Permissions.ViewSubscribers, IsKeepable: false);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var subscriber = await question.Db.Subscribers.FindAsync([question.Filter.Person!.Value], cancellationToken);
        var purpose = await question.Db.Purposes.FindAsync([question.Filter.Purpose!.Value], cancellationToken);
        if (subscriber is null || purpose is null)
            return new SubscriberNotFound();
        if (await new ConsentProofReader(question.Db, vault, subscriber, purpose).ReadAsync(showsNumber: false, question.Now, cancellationToken) is not { } proof)
            return new NothingToProve();
        var rows = ReportRows.Of("Events", Fields, proof.Events.Select(Row));
        return new ReportContent($"{purpose.Name}, one person", rows, () => ConsentProofDocument.Blocks(proof));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
        [new("When"), new("Recorded"), new("What"), new("By way of"), new("Level"), new("Wording"), new("By"), new("Log entry", true), new("SHA-256 of the entry")];

    private static IReadOnlyList<object?> Row(ProvenEvent e) =>
    [
        e.Event.At, e.Event.RecordedAt, ReportWords.Of(e.Event.Kind), ReportWords.Of(e.Event.Channel), ReportWords.Of(e.Event.Level), e.WordingVersion is { } version ? $"{e.WordingLanguage} {ReportWords.Count(version)}" : null,
        e.Event.IsActOfPerson ? "The person" : e.RecordedBy, e.Log?.LeafIndex, e.Log?.LeafHash,
    ];
}
