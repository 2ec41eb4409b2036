using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>The comments of a room, and the field for the next one.</summary>
public sealed partial class RoomTalk
{
    private string _text = "";
    private int _sent;

    [Parameter, EditorRequired]
    public required IReadOnlyList<EvidenceCommentRow> Comments { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<AskedQuestion> Questions { get; set; }

    /// <summary>What the next comment is about, in words; null for the room.</summary>
    [Parameter]
    public string? Subject { get; set; }

    /// <summary>Turns to the room as a whole.</summary>
    [Parameter]
    public EventCallback OnAboutRoom { get; set; }

    /// <summary>Why nothing can be written; null when it can.</summary>
    [Parameter]
    public string? WhyNot { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the last one was refused.</summary>
    [Parameter]
    public Failure? Failure { get; set; }

    /// <summary>Keeps the comment; true when it was kept.</summary>
    [Parameter, EditorRequired]
    public required Func<string, Task<bool>> OnSend { get; set; }

    /// <summary>Only for those who may take words out.</summary>
    [Parameter]
    public EventCallback<EvidenceCommentRow> OnTakeOut { get; set; }

    private async Task SendAsync()
    {
        if (!await OnSend(_text))
            return;
        // A field of its own for the next one: what was sent does not come back.
        (_text, _sent) = ("", _sent + 1);
    }

    private string? About(EvidenceCommentRow comment) => Questions.FirstOrDefault(q => q.Id == comment.Question) is not { } question ? null
        : comment.Record is { } record ? $"record {Figures.Count(record)} of “{question.Name}”" : $"“{question.Name}”";
}
