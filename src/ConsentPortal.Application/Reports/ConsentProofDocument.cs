using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Reports;

/// <summary>How the proof of a consent is told: the answer first, then the words, the act, the confirmation, what came later, and where it can be checked.</summary>
internal static class ConsentProofDocument
{
    public static ReportDocument Of(ConsentProof proof, ReportHead head) => new(head, [.. Blocks(proof), new ReportBlock.Heading("Where this can be checked"), .. Log(proof, head)]);

    /// <summary>What is told, without where it can be checked.</summary>
    public static IReadOnlyList<ReportBlock> Blocks(ConsentProof proof) =>
    [
        Verdict(proof),
        new ReportBlock.Facts(Person(proof)),
        .. Words(proof),
        .. Act(proof),
        .. Confirmation(proof),
        new ReportBlock.Heading("Everything that happened"),
        History(proof),
    ];

    private static ReportBlock.Verdict Verdict(ConsentProof proof)
    {
        var since = proof.State.Since is { } at ? PdfWriter.Time(at) : null;
        return proof.State.Status switch
        {
            ConsentStatus.Granted => new(ReportTone.Good, "This person has agreed, and the consent is in force.", Given(proof)),
            ConsentStatus.Pending => new(ReportTone.Waiting, "This person was asked to confirm and has not done so yet.", $"Asked on {since}. Until the confirmation no text of this purpose is sent."),
            ConsentStatus.Withdrawn => new(ReportTone.Neutral, $"This person had agreed and withdrew on {since}.", Given(proof)),
            ConsentStatus.Expired => new(ReportTone.Neutral, $"This person's consent ran out on {since}.", Given(proof)),
            ConsentStatus.Voided => new(ReportTone.Neutral, $"This consent ended on {since}, because the number no longer belongs to the same person.", Given(proof)),
            ConsentStatus.None => new(ReportTone.Neutral, "This person has not agreed."),
        };
    }

    private static string? Given(ConsentProof proof) => proof.Given is { } given
        ? $"Given on {PdfWriter.Time(given.Event.At)}. {ReportWords.Of(given.Event.DoubleOptInBy)}."
        : null;

    private static IReadOnlyList<ReportFact> Person(ConsentProof proof) =>
    [
        new("Number", proof.Phone ?? "Erased: the person's data was deleted on request"),
        new("Country of the number", ReportWords.Country(proof.Region)),
        new("Person", proof.SubscriberId.ToString(), IsCode: true),
        new("Purpose", $"{proof.Purpose.Name} ({ReportWords.Of(proof.Purpose.MessageClass).ToLowerInvariant()}), sent by {proof.Purpose.Brand} from {proof.Purpose.Sender}"),
        new("Legal basis", ReportWords.Of(proof.Purpose.Basis)),
    ];

    private static IEnumerable<ReportBlock> Words(ConsentProof proof)
    {
        if (proof.Shown is not { } wording)
            yield break;
        yield return new ReportBlock.Heading("The words that the person was shown");
        yield return new ReportBlock.Quote(wording.Text, $"{ReportWords.Language(wording.Language)}, version {wording.Version}");
        var facts = new List<ReportFact> { new("Promised frequency", wording.PromisedFrequency), new("Privacy policy", $"Version {wording.PrivacyPolicyVersion}") };
        if (wording.ShownAt is { Length: > 0 } place)
            facts.Add(new ReportFact("Shown at", place));
        facts.Add(new ReportFact("SHA-256 of the wording", wording.Hash, IsCode: true));
        facts.AddRange(proof.Pictures.Select(p => new ReportFact("SHA-256 of a picture of the form", p.Hash, IsCode: true)));
        yield return new ReportBlock.Facts(facts);
    }

    private static IEnumerable<ReportBlock> Act(ConsentProof proof)
    {
        if (proof.Given is not { } given)
            yield break;
        var e = given.Event;
        if (e.Kind == ConsentEventKind.Confirmed && proof.Events.FirstOrDefault(asked => asked.Event.Id == e.SupersedesId) is { } request)
        {
            yield return new ReportBlock.Heading("How it was asked for");
            yield return new ReportBlock.Facts([new("When", ReportWords.Time(request.Event.At, proof.Zone)), new("Channel", ReportWords.Of(request.Event.Channel)), .. Evidence(proof, request.Evidence)]);
        }

        yield return new ReportBlock.Heading("How it was given");
        List<ReportFact> facts =
        [
            new("When", ReportWords.Time(e.At, proof.Zone)),
            new("Recorded", ReportWords.Time(e.RecordedAt, null)),
            new("Channel", ReportWords.Of(e.Channel)),
            new("Strength", ReportWords.Of(e.Level)),
            new("Method", $"{ReportWords.Of(e.DoubleOptInBy)}; {(e.IsActOfPerson ? "the person acted themselves" : "recorded on the person's behalf")}"),
            new("Recorded by", given.RecordedBy),
        ];
        if (e.ExpiresAt is { } end)
            facts.Add(new ReportFact("Runs out", ReportWords.Time(end, proof.Zone)));
        if (e.Reason is { Length: > 0 } reason)
            facts.Add(new ReportFact("Note", reason));
        facts.AddRange(Evidence(proof, given.Evidence));
        if (e.ImportRow is { } row)
            facts.Add(new ReportFact("From", $"Row {row} of an imported list"));
        yield return new ReportBlock.Facts(facts);
    }

    private static IEnumerable<ReportFact> Evidence(ConsentProof proof, ConsentEvidence? evidence)
    {
        (string Label, string? Value)[] kept =
        [
            ("Form", evidence?.FormUrl), ("IP address", evidence?.IpAddress), ("Browser", evidence?.UserAgent), ("The person's own words", evidence?.Words),
            ("Document", evidence?.DocumentHash is { } hash ? proof.Documents.GetValueOrDefault(hash) : null), ("SHA-256 of the document", evidence?.DocumentHash), ("Asked by", evidence?.AskedBy),
            ("Collection point", evidence?.CollectionPoint), ("Language of the page", evidence?.Language is { } language ? ReportWords.Language(language) : null),
            ("Governing law", evidence?.Jurisdiction is { } country ? ReportWords.Country(country) : null), ("Request", evidence?.CorrelationId),
        ];
        return kept.Where(k => !string.IsNullOrWhiteSpace(k.Value)).Select(k => new ReportFact(k.Label, k.Value!));
    }

    private static IEnumerable<ReportBlock> Confirmation(ConsentProof proof)
    {
        if (proof.DoubleOptIn.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("How the owner of the number confirmed it");
        foreach (var text in proof.DoubleOptIn)
        {
            yield return new ReportBlock.Quote(
                text.Text ?? "The words are no longer readable: the person's data was erased.",
                $"{(text.IsFromPerson ? "From the number" : "To the number")}, {ReportWords.Time(text.At, proof.Zone)}, provider's id {text.ProviderId}");
        }
    }

    private static ReportBlock.Table History(ConsentProof proof) => new(
        [new("When (UTC)"), new("What"), new("Channel"), new("Wording"), new("By"), new("Log entry", ReportAlign.Right)],
        [
            .. proof.Events.Select(e => (IReadOnlyList<string>)
            [
                PdfWriter.Time(e.Event.At).Replace(" UTC", "", StringComparison.Ordinal), ReportWords.Of(e.Event.Kind), ReportWords.Of(e.Event.Channel),
                e.WordingVersion is { } version ? $"{e.WordingLanguage} version {version}" : "–", e.Event.IsActOfPerson ? "The person" : e.RecordedBy,
                e.Log?.LeafIndex is { } index ? ReportWords.Count(index) : "–",
            ]),
        ]);

    private static IEnumerable<ReportBlock> Log(ConsentProof proof, ReportHead head)
    {
        var place = proof.Given?.Log;
        List<ReportFact> facts = [];
        if (place?.LeafIndex is { } index)
        {
            facts.Add(new ReportFact("Log entry of the consent", ReportWords.Count(index)));
            facts.Add(new ReportFact("SHA-256 of that entry", place.LeafHash!, IsCode: true));
        }

        if (head.Log is { } log)
        {
            facts.Add(new ReportFact("Entries in the log", ReportWords.Count(log.Size)));
            facts.Add(new ReportFact("Root of the log", log.Root, IsCode: true));
        }

        if (facts.Count > 0)
            yield return new ReportBlock.Facts(facts);
        yield return new ReportBlock.Paragraph(
            place?.LeafIndex is null
                ? "The entry of this consent has no place in the signed log yet, or was written before entries named their event; its hash chain is checked with the whole log."
                : "The audit log is a Merkle tree (RFC 6962) whose root is signed. Whoever holds an export of it can check, without this portal, that the entry above is part of it and that nothing in it was changed.",
            IsQuiet: true);
        yield return new ReportBlock.QrCode(
            head.VerifyAt?.ToString() ?? $"ConsentPortal report {head.Code}", $"Verification code {head.Code}",
            (head.VerifyAt is { } page ? $"Anybody can check it at {page}. " : "") + "Under this code the audit trail holds the SHA-256 of this very file. A file whose hash differs is not the one that was made.");
    }
}
