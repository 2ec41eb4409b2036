using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>A room as the staff see it who opened it: what the auditor asked, what was drawn, and the place to answer.</summary>
public sealed partial class StaffRoomPage(VisitEvidenceRoom rooms, EvidenceComments comments, NavigationManager navigation, TimeProvider clock) : RoomPage(rooms, comments, navigation)
{
    private EvidenceCommentRow? _takenOut;
    private string _reason = "";
    private Failure? _problem;

    private DateTimeOffset Now => clock.GetUtcNow();

    private bool IsOpen => View?.Room.IsOpenAt(Now) is true;

    protected override string HrefOf(Guid? question) => Paths.EvidenceRoomOfStaff(Id, question);

    private void AskToTakeOut(EvidenceCommentRow comment)
    {
        Close();
        _takenOut = comment;
    }

    private void Close() => (_takenOut, _reason, _problem) = (null, "", null);

    private Task TakeOutAsync() => RunAsync(async () =>
    {
        var done = await Comments.TakeOutAsync(Actor, _takenOut!.Id, _reason, Closing);
        _problem = done.Failure;
        if (!done.IsSuccess)
            return;
        Tell(done, "The words are taken out.");
        Close();
        await EnterAsync();
    });
}
