using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Imports;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Lists one number or a file of numbers. What is typed stays out of the address, and an uploaded file is deleted once it was taken.</summary>
public sealed partial class AddSuppressionPage(SuppressionList list, PurposeList purposes, AddSuppression add, AddSuppressionFile addFile, ImportUploads uploads) : NumberFilePage<ListedFile>(uploads)
{
    private IReadOnlyList<PurposeName> _purposes = [];
    private IReadOnlyList<string> _senders = [];
    private SuppressionScope _scope = SuppressionScope.All;
    private PurposeId? _purpose;
    private string? _sender;
    private string _reason = "";
    private string? _country = "US";
    private string _number = "";
    private ListedNumber? _listed;

    private string? WhyNot =>
        _scope is SuppressionScope.Purpose && _purpose is null ? "Choose the purpose."
        : _scope is SuppressionScope.Sender && _sender is null ? "Choose the sender."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why." : null;

    private SuppressionReach Reach => new(_scope, _scope is SuppressionScope.Purpose ? _purpose : null, _scope is SuppressionScope.Sender ? _sender : null);

    protected override async Task OpenAsync()
    {
        _purposes = await purposes.NamesAsync(Actor, Closing);
        _senders = await list.SendersAsync(Actor, Closing);
    }

    private Task AddAsync() => RunAsync(async () =>
    {
        _listed = null;
        if (!PhoneNumber.Parse(_number, _country).TryGet(out var phone, out var refused))
        {
            Problem = refused;
            return;
        }

        var listed = await add.ExecuteAsync(Actor, phone, Reach, _reason, Closing);
        Problem = listed.Failure;
        if (listed.TryGet(out _listed, out _))
            _number = "";
    });

    protected override Task<Result<NumberFile>> LookAsync(string path, string name) => addFile.OpenAsync(Actor, path, name, Closing);

    protected override Func<Task<Result<ListedFile>>> Taking(NumberFile list, Action<int> progress)
    {
        var (actor, closing, request) = (Actor, Closing, new SuppressionFileRequest(list, Column, _country, Reach, _reason));
        return () => addFile.ExecuteAsync(actor, request, progress, closing);
    }

    private string PurposeName(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private static string Ended(int people) => people == 0
        ? "Nobody here has it."
        : $"{Figures.Counted(people, "person", "people")} here {(people == 1 ? "has" : "have")} it; their consent has ended as far as the entry reaches.";
}
