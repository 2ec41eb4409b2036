namespace ConsentPortal.Domain.Retention;

/// <summary>Kinds of records that have an end. The names stand in the stored schedule and in audit entries.</summary>
public enum RecordClass
{
    /// <summary>Words of texts to people; the rows of the send ledger stay.</summary>
    SentWords = 1,

    /// <summary>Words of texts from people; that one came, and what was done about it, stays.</summary>
    ReceivedWords = 2,

    /// <summary>What the provider reported text by text, once it is folded into the ledger.</summary>
    Receipts = 3,

    /// <summary>What an import replaced, and which rows it refused.</summary>
    ImportRows = 4,

    /// <summary>Requests about personal data that were answered.</summary>
    PrivacyRequests = 5,

    /// <summary>Signed papers of people who have no consent any more.</summary>
    EvidenceDocuments = 6,

    /// <summary>People without any consent, with everything that is readable of them.</summary>
    People = 7,

    /// <summary>Answers that programs may ask for a second time.</summary>
    ApiAnswers = 8,

    /// <summary>Codes that showed that somebody holds a number.</summary>
    OneTimeCodes = 9,

    /// <summary>Reports that somebody, or a schedule, had kept.</summary>
    KeptReports = 10,
}
