using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Web.Features.Imports;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Takes a file of answers of the Reassigned Numbers Database; the uploaded copy is deleted afterwards.</summary>
public sealed partial class ReassignedPage(RecordReassignedAnswers record, ImportUploads uploads) : NumberFilePage<TakenAnswers>(uploads)
{
    protected override Task<Result<NumberFile>> LookAsync(string path, string name) => record.OpenAsync(Actor, path, name, Closing);

    protected override Func<Task<Result<TakenAnswers>>> Taking(NumberFile list, Action<int> progress)
    {
        var (actor, closing) = (Actor, Closing);
        return () => record.ExecuteAsync(actor, list, progress, closing);
    }
}
