using ConsentPortal.Domain;

namespace ConsentPortal.Application.Reports;

/// <summary>A finished report.</summary>
/// <param name="FileName">Says what it is and its code; never whom it is about.</param>
/// <param name="Sha256">Lower-case hex; the audit trail holds the same.</param>
/// <param name="Code">Printed on every page.</param>
public sealed record ReportFile(byte[] Bytes, string FileName, string Sha256, string Code);

public sealed record NothingToProve()
    : Failure("There is no consent event of this person for this purpose, so there is nothing to certify. Choose another purpose.");
