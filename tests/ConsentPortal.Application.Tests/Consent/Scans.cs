using System.Text;
using ConsentPortal.Application.Consent;

namespace ConsentPortal.Application.Tests.Consent;

/// <summary>Files that begin as scans do.</summary>
internal static class Scans
{
    public static EvidenceFile Pdf(string text = "Signed", string name = "card.pdf") => EvidenceFile.Read(name, Encoding.UTF8.GetBytes($"%PDF-1.7\n{text}")).Value;
}
