using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>The readable half of an access package: the same data as the file for programs, in the order in which people ask.</summary>
internal static class AccessSummaryDocument
{
    public static ReportDocument Of(PersonData data, ReportHead head) => new(head,
    [
        new ReportBlock.Paragraph($"This is what {data.Organisation} holds about you in its texting portal. The file data.json beside this document holds the same in a form that programs read; schema.json explains it."),
        new ReportBlock.Paragraph($"It tells what was held on {PdfWriter.Time(data.AsOf ?? data.MadeAt)}, when somebody looked through it before it was sent. Where words were written later, a note stands in their place."),
        new ReportBlock.Heading("You"),
        new ReportBlock.Facts(Profile(data)),
        .. Attributes(data),
        .. MergedRecords(data),
        new ReportBlock.Heading("What you agreed to"),
        .. Consents(data),
        .. Documents(data),
        new ReportBlock.Heading("Texts, both ways"),
        Texts(data),
        .. Stops(data),
        .. Holds(data),
        .. Requests(data),
        new ReportBlock.Heading("Who looked at your data"),
        new ReportBlock.Table([new("When"), new("Who"), new("What they saw"), new("Reason")],
            [.. data.LookedAtBy.Select(a => (IReadOnlyList<string>)[PdfWriter.Time(a.At), a.Role is null ? a.Who : $"{a.Who}, {a.Role.ToLowerInvariant()}", Seen(a.What), a.Reason ?? "–"])],
            EmptyText: "Nobody has opened your page."),
        .. AuditComments(data),
        new ReportBlock.Heading("Who else receives data"),
        new ReportBlock.Table([new("Who"), new("Why"), new("What")], [.. data.Recipients.Select(r => (IReadOnlyList<string>)[r.Name, r.Role, r.Data])]),
        new ReportBlock.Heading("What was withheld"),
        new ReportBlock.Table([new("On which ground"), new("Places", ReportAlign.Right)], [.. data.Withheld.Select(w => (IReadOnlyList<string>)[w.Meaning, w.Places.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)])],
            EmptyText: "Nothing."),
        new ReportBlock.Heading("Your rights"),
        new ReportBlock.Paragraph("You may have wrong data corrected, have your data deleted, object to marketing at any time, and complain to the data protection authority where you live. Reply STOP to any text and no more will come."),
    ]);

    private static List<ReportFact> Profile(PersonData data)
    {
        var profile = data.Profile;
        List<ReportFact> facts = [new("Number", profile.Number), new("Country of the number", ReportWords.Country(profile.NumberCountry))];
        Add("First name", profile.FirstName);
        Add("Last name", profile.LastName);
        Add("Id elsewhere", profile.ExternalId);
        Add("Country", profile.Country is null ? null : ReportWords.Country(profile.Country));
        Add("State", profile.State);
        Add("Time zone", profile.TimeZone);
        Add("Language", profile.Language is null ? null : ReportWords.Language(profile.Language));
        Add("How often", ReportWords.Spaced(profile.Frequency));
        Add("Where it came from", profile.Source);
        Add("Held since", PdfWriter.Time(profile.AddedAt));
        return facts;

        void Add(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                facts.Add(new ReportFact(label, value));
        }
    }

    private static IEnumerable<ReportBlock> Attributes(PersonData data)
    {
        if (data.Attributes.Count > 0)
            yield return new ReportBlock.Table([new("More about you"), new("Value")], [.. data.Attributes.Select(a => (IReadOnlyList<string>)[a.Name, a.Value])]);
        if (data.Behaviour.Count > 0)
        {
            yield return new ReportBlock.Table([new("When"), new("What"), new("Amount", ReportAlign.Right), new("Reference")],
                [.. data.Behaviour.Select(f => (IReadOnlyList<string>)[PdfWriter.Time(f.At), ReportWords.Spaced(f.Kind), f.Amount?.ToString("N2", System.Globalization.CultureInfo.InvariantCulture) ?? "–", f.Reference ?? "–"])]);
        }
    }

    private static IEnumerable<ReportBlock> Consents(PersonData data)
    {
        if (data.Consents.Count == 0)
            yield return new ReportBlock.Paragraph("Nothing: no consent was ever recorded.");
        foreach (var consent in data.Consents)
        {
            yield return new ReportBlock.Heading($"{consent.Brand} – {consent.Purpose}: {consent.Status}", 2);
            foreach (var wording in consent.Events.Select(e => e.Wording).OfType<PersonWording>().Distinct())
                yield return new ReportBlock.Quote(wording.Text, $"{ReportWords.Language(wording.Language)}, version {wording.Version}; {wording.PromisedFrequency}");
            yield return new ReportBlock.Table([new("When"), new("What"), new("How"), new("Recorded by")],
                [.. consent.Events.Select(e => (IReadOnlyList<string>)[PdfWriter.Time(e.At), ReportWords.Spaced(e.Kind), ReportWords.Spaced(e.Channel), e.IsActOfPerson ? "You" : e.RecordedBy])]);
        }
    }

    private static IEnumerable<ReportBlock> Holds(PersonData data)
    {
        if (data.LegalHolds.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("Kept as evidence");
        yield return new ReportBlock.Table([new("Since"), new("Until"), new("Why")],
            [.. data.LegalHolds.Select(h => (IReadOnlyList<string>)[PdfWriter.Time(h.PlacedAt), (h.LiftedAt ?? h.Until) is { } end ? PdfWriter.Time(end) : "Not ended", h.Reason])]);
    }

    private static IEnumerable<ReportBlock> Requests(PersonData data)
    {
        if (data.Requests.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("Your requests");
        yield return new ReportBlock.Table([new("Request"), new("What for"), new("Law"), new("Received"), new("Outcome"), new("Closed")],
            [.. data.Requests.Select(r => (IReadOnlyList<string>)
                [r.Number, ReportWords.Spaced(r.Kind), ReportWords.Of(Enum.Parse<PrivacyRegime>(r.Regime, ignoreCase: true)), PdfWriter.Time(r.ReceivedAt), ReportWords.Spaced(r.Status), r.ClosedAt is { } closed ? PdfWriter.Time(closed) : "Open"])]);
        if (data.Requests.Where(r => !r.IsOfRecord).Select(r => r.Number).ToList() is { Count: > 0 } earlier)
            yield return new ReportBlock.Paragraph($"{string.Join(", ", earlier)} came for your number before we had a record of you. Nobody made sure who asked, so what was written about {(earlier.Count == 1 ? "it" : "them")} is not shown here.");
        var written = data.Requests.SelectMany(r => r.Letters.Select(l => (r.Number, At: l.WrittenAt, Who: "Letter to you", Text: l.Text))
                .Concat(r.Messages.Select(m => (r.Number, m.At, Who: "You", Text: (string?)m.Text))).Concat(r.Comments.Select(c => (r.Number, c.At, Who: $"{c.By}, for colleagues", Text: (string?)c.Text))))
            .OrderBy(w => w.At).ToList();
        if (written.Count > 0)
        {
            yield return new ReportBlock.Table([new("When"), new("Request"), new("Who wrote"), new("Words")],
                [.. written.Select(w => (IReadOnlyList<string>)[PdfWriter.Time(w.At), w.Number, w.Who, w.Text ?? "–"])]);
        }
    }

    private static IEnumerable<ReportBlock> AuditComments(PersonData data)
    {
        if (data.AuditComments.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("What was written about your records in an audit");
        yield return new ReportBlock.Table([new("When"), new("Who wrote"), new("About"), new("Words")],
            [.. data.AuditComments.Select(c => (IReadOnlyList<string>)[PdfWriter.Time(c.At), c.By, $"{(c.About == PersonDataReader.AboutText ? "A text to you" : "A consent of yours")}, no. {c.Record}", c.Text])]);
    }

    private static string Seen(string what) => what switch
    {
        "number" => "The full number",
        "text" => "A text as you would read it",
        "paper" => "A signed paper",
        "auditValues" => "Your values in an entry of the audit trail",
        "evidence" => "A record drawn for an auditor, masked",
        "request" => "Your request about your data, with a masked number",
        "inbox" => "Your texts to us, with a masked number",
        "package" => "A copy of all your data, as this one",
        "packageReview" => "All that such a copy would hold, to look through it before it is sent",
        "file" => "The full number, in a file with others",
        "trail" => "The audit trail's entries about you, with their values sealed",
        "standing" => "Where your consents stand, as another program of ours asked",
        _ => "Your page, with a masked number",
    };

    private static IEnumerable<ReportBlock> MergedRecords(PersonData data)
    {
        if (data.MergedRecords.Count == 0)
            yield break;
        yield return new ReportBlock.Paragraph("These earlier records are about you too and were joined with the one above. What they held is part of this answer.");
        yield return new ReportBlock.Table([new("Number"), new("Name"), new("Where it came from"), new("Joined")],
        [
            .. data.MergedRecords.Select(m => (IReadOnlyList<string>)
                [m.Number, string.Join(' ', new[] { m.FirstName, m.LastName }.Where(part => part is not null)), m.Source, m.MergedAt is { } at ? PdfWriter.Time(at) : "–"]),
        ]);
    }

    private static IEnumerable<ReportBlock> Documents(PersonData data)
    {
        if (data.Documents.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("Papers that show it", 2);
        yield return new ReportBlock.Table([new("Kept since"), new("Name"), new("File in this package")], [.. data.Documents.Select(d => (IReadOnlyList<string>)[PdfWriter.Time(d.AddedAt), d.Name, d.File])]);
    }

    private static ReportBlock.Table Texts(PersonData data) => new(
        [new("When"), new("Direction"), new("Words"), new("What became of it")],
        [
            .. data.Texts.Select(t => (IReadOnlyList<string>)
            [
                PdfWriter.Time(t.At), t.Direction == "fromPerson" ? "From you" : "To you", t.Words ?? "–",
                t.Reason is null ? ReportWords.Spaced(t.State) : $"{ReportWords.Spaced(t.State)}: {ReportWords.Spaced(t.Reason).ToLowerInvariant()}{(t.Rule is null ? "" : $" ({t.Rule})")}",
            ]),
        ],
        EmptyText: "No text was ever planned, sent or received.");

    private static IEnumerable<ReportBlock> Stops(PersonData data)
    {
        if (data.Stops.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("Stops");
        yield return new ReportBlock.Table([new("Since"), new("Reaches"), new("Reason"), new("Lifted")],
            [.. data.Stops.Select(s => (IReadOnlyList<string>)[PdfWriter.Time(s.At), s.Purpose ?? ReportWords.Spaced(s.Scope), s.Reason, s.LiftedAt is { } lifted ? PdfWriter.Time(lifted) : "In force"])]);
    }
}
