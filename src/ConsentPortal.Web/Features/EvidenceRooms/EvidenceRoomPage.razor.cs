using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>What an auditor sees of a room that is open for them, and how they ask.</summary>
public sealed partial class EvidenceRoomPage(VisitEvidenceRoom rooms, EvidenceComments comments, NavigationManager navigation) : RoomPage(rooms, comments, navigation)
{
    private const int UsualSize = 20;

    private Failure? _problem;
    private EvidenceKind _kind = EvidenceKind.Consents;
    private int _size = UsualSize;
    private string _seed = "";
    private string _name = EvidenceWords.Question(EvidenceKind.Consents);

    protected override string HrefOf(Guid? question) => Paths.EvidenceRoom(Id, question);

    private Task AskAsync() => RunAsync(async () =>
    {
        var asked = await Rooms.AskAsync(Actor, Id, new NewEvidenceQuestion(_name, _kind, _seed, _size), Closing);
        _problem = asked.Failure;
        if (!asked.TryGet(out var question, out _))
            return;
        await EnterAsync();
        Navigation.NavigateTo(HrefOf(question));
    });

    private void Choose(EvidenceKind kind)
    {
        if (_name.Length == 0 || _name == EvidenceWords.Question(_kind))
            _name = EvidenceWords.Question(kind);
        _kind = kind;
    }
}
