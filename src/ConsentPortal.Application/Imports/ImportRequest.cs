using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <param name="FileName">As the importer knows the file; never a path.</param>
/// <param name="DefaultRegion">ISO 3166; assumed for national numbers where a row names no country.</param>
/// <param name="PurposeId">What the people on the list agreed to; without it no consent is recorded, only refusals are.</param>
/// <param name="WordingId">What they were shown; goes with the purpose.</param>
/// <param name="AsksForDoubleOptIn">Text the prompt to those who need to confirm, and to those whose yes has no proof.</param>
/// <param name="ApprovedBatch">The waiting import that a second person has approved; null for a list that needs none.</param>
public sealed record ImportRequest(
    string FilePath,
    string FileName,
    ColumnMap Map,
    string? DefaultRegion = null,
    PurposeId? PurposeId = null,
    WordingId? WordingId = null,
    bool AsksForDoubleOptIn = false,
    ImportBatchId? ApprovedBatch = null);

public sealed record ImportResult(ImportBatchId BatchId, ImportSummary Summary);
