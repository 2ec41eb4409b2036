using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>Where staff open rooms for auditors, see whether they are used, and close them.</summary>
public sealed partial class EvidenceRoomsPage(Application.Reports.Rooms.EvidenceRooms rooms, PurposeList purposes, TimeProvider clock)
{
    private const int UsualDays = 14;
    private const int UsualRecords = 90;

    private IReadOnlyList<EvidenceRoomRow>? _rows;
    private IReadOnlyList<EvidenceVisitor> _visitors = [];
    private IReadOnlyList<PurposeName> _purposes = [];
    private bool _isOpening;
    private EvidenceRoomRow? _closed;
    private Guid? _visitor;
    private string _name = "";
    private DateOnly _until;
    private DateOnly _first;
    private DateOnly _last;
    private PurposeId? _purpose;
    private string _reason = "";
    private Failure? _problem;

    private DateTimeOffset Now => clock.GetUtcNow();

    protected override async Task OpenAsync()
    {
        if (Actor.May(Permissions.ViewSubscribers))
            _purposes = await purposes.NamesAsync(Actor, Closing);
        _visitors = await rooms.VisitorsAsync(Actor, Closing);
        await LoadAsync();
    }

    private async Task LoadAsync() => _rows = await rooms.ListAsync(Actor, Closing);

    private void Begin()
    {
        Close();
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        (_isOpening, _until, _first, _last) = (true, today.AddDays(UsualDays), today.AddDays(-UsualRecords), today);
        _visitor = _visitors is [var only] ? only.Id : null;
    }

    private void AskToClose(EvidenceRoomRow room)
    {
        Close();
        _closed = room;
    }

    private void Close() => (_isOpening, _closed, _visitor, _name, _purpose, _reason, _problem) = (false, null, null, "", null, "", null);

    private Task OpenRoomAsync() => ActAsync(
        () => rooms.OpenAsync(Actor, new NewEvidenceRoom(_name, _visitor!.Value, null, EndOf(_until), _first, _last, _purpose), Closing), "The room is open.");

    private Task CloseRoomAsync() => ActAsync(() => rooms.CloseAsync(Actor, _closed!.Id, _reason, Closing), "The room is closed.");

    private Task ActAsync<T>(Func<Task<Result<T>>> act, string success) => RunAsync(async () =>
    {
        var outcome = await act();
        _problem = outcome.Failure;
        if (!outcome.IsSuccess)
            return;
        Tell(outcome, success);
        Close();
        await LoadAsync();
    });

    private (Meaning Meaning, string Word) State(EvidenceRoomRow room) =>
        room.ClosedAt is not null ? (Meaning.Withdrawn, $"Closed by {room.ClosedBy}")
        : room.Until <= Now ? (Meaning.Withdrawn, "Ended")
        : room.From > Now ? (Meaning.Deferred, "Not yet open") : (Meaning.Granted, "Open");

    private static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private string VisitorText(Guid? id) => _visitors.FirstOrDefault(v => v.Id == id)?.Name ?? "";

    private string PurposeText(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";
}
