using System.Globalization;
using System.Text;

namespace ConsentPortal.Application.Reports.Rooms;

/// <summary>The sheet that lies on top of a pack: what is in it, and how each part of it is checked.</summary>
internal static class EvidencePackText
{
    public static string Of(RoomContents contents, bool withLog)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Evidence room \"{contents.Room.Name}\" of {contents.Organisation}\n")
            .Append(CultureInfo.InvariantCulture, $"Packed at {PdfWriter.Time(contents.MadeAt)}. Records of {ReportWords.Date(contents.Room.FirstDay)} to {ReportWords.Date(contents.Room.LastDay)} ({contents.Room.Zone}), {contents.Room.Purpose ?? "all purposes"}.\n\n")
            .Append("Everything here is masked: a person is a number without its middle, and records have numbers of their own.\n\n")
            .Append("room.json        the room, and each question with its seed, its size and the records that were drawn\n")
            .Append("questions/       for each question the sample, as JSON and as a spreadsheet\n")
            .Append("comments.*       what auditor and staff wrote, with the SHA-256 of the words as the audit log holds it\n")
            .Append(withLog ? "audit/           the whole audit log under a signed checkpoint\n" : "audit/           proofs that the room's acts stand in the audit log, and the checkpoint that they lead to\n")
            .Append("manifest.json    size and SHA-256 of every file above\n")
            .Append("manifest.sig     the signature of the audit log's key over the manifest, as a C2SP signed note\n\n")
            .Append("To check it, unzip it into a folder, and give the log's public key as it was published:\n\n")
            .Append("  audit verify --pack FOLDER --public-key FILE\n")
            .Append(withLog ? "  audit verify FOLDER/audit --public-key FILE\n\n" : "  audit verify --proof FOLDER/audit/proofs/N.json --public-key FILE\n\n")
            .Append("A sample is drawn again by anybody who has the records: of all that were known when the question was asked,\n")
            .Append("those with the smallest SHA-256 of \"seed:id\".\n");
        return text.ToString();
    }
}
