namespace ConsentPortal.Domain.Retention;

/// <summary>For how long one class of records is kept: what is chosen lies between what law and the portal's own work set as least and most.</summary>
/// <param name="Name">As the page shows it.</param>
/// <param name="Counts">From when the time runs.</param>
/// <param name="Goes">What is removed, and what of it stays.</param>
/// <param name="Least">Months.</param>
/// <param name="Most">Months; the same as the least where nothing can be chosen.</param>
/// <param name="Usual">Months, where nobody has chosen.</param>
/// <param name="Ground">Why not shorter and not longer.</param>
public sealed record RetentionRule(RecordClass Class, string Name, string Counts, string Goes, int Least, int Most, int Usual, string Ground)
{
    public bool IsFixed => Least == Most;

    /// <summary>Every class, in the order of the page.</summary>
    public static IReadOnlyList<RetentionRule> All { get; } =
    [
        new(RecordClass.SentWords, "Words of texts sent", "since the text was sent", "The words go. When it left, under which decision and consent, stays.", 12, 24, 24,
            "Twelve months to answer complaints, not more than 24 because the words are no longer needed (GDPR art. 5(1)(e))"),
        new(RecordClass.ReceivedWords, "Words of texts received", "since the text came in", "The words go. What the text was taken for, and the consent event that it made, stay.", 12, 24, 24,
            "Twelve months to answer complaints, not more than 24 because the words are no longer needed (GDPR art. 5(1)(e))"),
        new(RecordClass.Receipts, "Delivery receipts", "since the receipt came in", "The receipts go. The outcome of each text stays in the ledger.", 13, 60, 24,
            "The provider keeps its own records for 13 months; until then a price or a state can be disputed"),
        new(RecordClass.ImportRows, "Rows of imports", "since the import ended", "Refused rows and replaced values go. The import with its counts and the hash of its file stays.", 2, 36, 12,
            "An import can be taken back for 30 days, and that needs the replaced values"),
        new(RecordClass.PrivacyRequests, "Answered privacy requests", "since the request was closed", "The request, its activity and its comments go. The audit trail keeps that it was answered in time.", 24, 120, 72,
            "At least 24 months (11 CCR § 7101); six years cover a claim in the European Union and the United Kingdom"),
        new(RecordClass.EvidenceDocuments, "Signed papers", "since the last consent ended, the last text or the last change", "The file goes. Its hash stays in the consent event.", 60, 120, 60,
            "Five years for claims under the TCPA (28 U.S.C. § 1658)"),
        new(RecordClass.People, "People without consent", "since their last text, change or consent event",
            "The person's key is destroyed: number, name and evidence go. Dates and kinds of the consent events and the number's hash on the do-not-text list stay.", 36, 120, 60,
            "Proof of consent is kept after the last text: five years in the United States, three in Canada and France, six in the United Kingdom, five elsewhere; longer where a purpose says so"),
        new(RecordClass.ApiAnswers, "Answers kept for programs", "since the answer", "The answer goes; what it told of stays.", 0, 0, 0, "A program may repeat its request for 24 hours"),
        new(RecordClass.OneTimeCodes, "One-time codes", "since the code was made", "The row goes; only a hash of the code was kept.", 1, 1, 1, "A code lives for minutes; a month shows misuse"),
        new(RecordClass.KeptReports, "Kept reports", "since the report was made", "The files go. That they were made, and their hashes, stay in the audit trail.", 1, 120, 36,
            "Nobody needs them longer than what they tell of; people stand in them by id alone (GDPR art. 5(1)(e))"),
    ];

    public static RetentionRule Of(RecordClass records) => All.Single(rule => rule.Class == records);
}

/// <summary>What has no end, and why.</summary>
/// <param name="Ground">The law or need that keeps it.</param>
public sealed record KeptForGood(string What, string Ground)
{
    public static IReadOnlyList<KeptForGood> All { get; } =
    [
        new("Do-not-text list: keyed hashes of numbers", "No later list may bring back whoever said no (GDPR art. 21(3)); ten years at least in Virginia (Va. Code § 59.1-513)"),
        new("Consent events: dates, kinds and wording versions", "They show that past texts were lawful (GDPR art. 7(1)); what is readable in them goes with the person"),
        new("Wordings, purposes and policies", "Old decisions name the version under which they were made"),
        new("Send ledger, without words and numbers", "When a text left, under which decision"),
        new("Audit trail", "A log from which entries go can't be verified (GDPR art. 5(2)); personal values in it end with the person's key"),
        new("Breach register", "The authority may ask for all of it at any time (GDPR art. 33(5))"),
    ];
}
