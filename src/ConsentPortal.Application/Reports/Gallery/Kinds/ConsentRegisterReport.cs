using System.Globalization;
using System.Runtime.CompilerServices;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>Who stood where for one purpose at the end of a day, from the events of that time.</summary>
internal sealed class ConsentRegisterReport : GalleryReport
{
    private const int PeopleAtOnce = 500;

    public override ReportDescription Description { get; } = new(
        "consent-register", "Consent register", "Everybody who ever had to do with a purpose, and where they stood at the end of a day, under which wording and by which way.",
        ReportNeeds.Day | ReportNeeds.Purpose, Permissions.ViewSubscribers);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        if (await question.Db.Purposes.AsNoTracking().FirstOrDefaultAsync(p => p.Id == question.Filter.Purpose, cancellationToken) is not { } purpose)
            return new ReportFilterRefused("This purpose does not exist. Nothing was made; choose another.");
        var wordings = await question.Db.Wordings.AsNoTracking().Where(w => w.PurposeId == purpose.Id).ToDictionaryAsync(w => w.Id, w => $"{w.Language} {w.Version.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        var (statuses, underWordings, channels) = (new Dictionary<ConsentStatus, long>(), new Dictionary<string, long>(), new Dictionary<ConsentChannel, long>());
        var rows = new ReportRows("People", Fields, RowsAsync(question, purpose.Id, wordings, Tell, cancellationToken));
        return new ReportContent(string.Create(CultureInfo.InvariantCulture, $"{purpose.Name}, as of {question.To.UtcDateTime:d MMM yyyy, HH:mm} UTC"), rows, () => Blocks(purpose, statuses, underWordings, channels));

        void Tell(ConsentRegister.Standing person)
        {
            statuses[person.State.Status] = statuses.GetValueOrDefault(person.State.Status) + 1;
            if (person.State.Status != ConsentStatus.Granted)
                return;
            var words = person.State.WordingId is { } id ? wordings.GetValueOrDefault(id, "unknown") : "none shown";
            underWordings[words] = underWordings.GetValueOrDefault(words) + 1;
            channels[person.State.Channel] = channels.GetValueOrDefault(person.State.Channel) + 1;
        }
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
        [new("Person"), new("Country"), new("Standing"), new("Level"), new("By"), new("Since"), new("Recorded", OnPaper: false), new("Wording")];

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        ReportQuestion question, PurposeId purpose, Dictionary<WordingId, string> wordings, Action<ConsentRegister.Standing> tell, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var everybody = ConsentRegister.StandingsAsync(question.Stream, new RegisterQuery(purpose, question.To, null), null, cancellationToken);
        await foreach (var some in everybody.Chunk(PeopleAtOnce).WithCancellation(cancellationToken))
        {
            var ids = some.Select(p => p.Id).ToArray();
            var regions = await question.Db.Subscribers.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Id)).Select(s => new { s.Id, s.Region }).ToDictionaryAsync(s => s.Id, s => s.Region, cancellationToken);
            foreach (var person in some)
            {
                tell(person);
                yield return Row(person, regions, wordings);
            }
        }
    }

    private static IReadOnlyList<object?> Row(ConsentRegister.Standing person, Dictionary<SubscriberId, string?> regions, Dictionary<WordingId, string> wordings) =>
    [
        person.Id.ToString(), regions.GetValueOrDefault(person.Id), ReportWords.Of(person.State.Status),
        person.State.Status is ConsentStatus.Granted or ConsentStatus.Expired ? ReportWords.Of(person.State.Level) : null, ReportWords.Of(person.State.Channel), person.State.Since, person.RecordedAt,
        person.State.WordingId is { } words ? wordings.GetValueOrDefault(words) : null,
    ];

    private static IReadOnlyList<ReportBlock> Blocks(Purpose purpose, Dictionary<ConsentStatus, long> statuses, Dictionary<string, long> wordings, Dictionary<ConsentChannel, long> channels)
    {
        var (all, granted) = (statuses.Values.Sum(), statuses.GetValueOrDefault(ConsentStatus.Granted));
        return
        [
            new ReportBlock.KeyFigures([new("People", ReportWords.Count(all)), new("Had agreed", ReportWords.Count(granted), ReportWords.ShareOf(granted, all, "them")), new("Had withdrawn", ReportWords.Count(statuses.GetValueOrDefault(ConsentStatus.Withdrawn)))]),
            new ReportBlock.Paragraph(
                $"{purpose.Name} is sent by {purpose.Brand} from {purpose.Sender}. Each standing is the fold of the events of that time and of what was recorded of it later; never today's row."),
            Shares.Table("Standing", "People", statuses.OrderBy(s => s.Key).Select(s => (ReportWords.Of(s.Key), s.Value)), all),
            new ReportBlock.Heading("Those who had agreed"),
            new ReportBlock.Heading("By wording that they were shown", 2),
            Shares.Table("Wording", "People", wordings.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (w.Key, w.Value)), granted),
            new ReportBlock.Heading("By the way in which they agreed", 2),
            Shares.Table("By", "People", channels.OrderByDescending(c => c.Value).Select(c => (ReportWords.Of(c.Key), c.Value)), granted),
        ];
    }
}
