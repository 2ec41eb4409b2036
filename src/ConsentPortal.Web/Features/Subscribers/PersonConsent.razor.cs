using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>What the person has agreed to, purpose by purpose, with the exact words and the proof.</summary>
public sealed partial class PersonConsent
{
    private Form _form;

    private enum Form
    {
        None = 0,
        Record = 1,
        Withdraw = 2,
    }

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    /// <summary>Whether they can be texted now, by purpose.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<PurposeId, SendDecision> Answers { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PromiseMeter> Meters { get; set; }

    /// <summary>Asked for every gate of one answer.</summary>
    [Parameter]
    public EventCallback<PurposeId> OnAsk { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private void Toggle(Form form) => _form = _form == form ? Form.None : form;

    private Task DoneAsync()
    {
        _form = Form.None;
        return OnChange.InvokeAsync();
    }

    private static IEnumerable<(string Name, string Value)> EvidenceOf(ConsentProof proof)
    {
        (string Name, string? Value)[] all =
        [
            ("Form", proof.Evidence?.FormUrl), ("Address", proof.Evidence?.IpAddress), ("Browser", proof.Evidence?.UserAgent), ("Their words", proof.Evidence?.Words),
            ("SHA-256 of the paper", proof.Evidence?.DocumentHash), ("Asked by", proof.Evidence?.AskedBy),
            ("Collection point", proof.Evidence?.CollectionPoint), ("Page language", proof.Evidence?.Language), ("Jurisdiction", proof.Evidence?.Jurisdiction), ("Request", proof.Evidence?.CorrelationId),
            ("Row of the list", proof.ImportRow?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return all.Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => (part.Name, part.Value!));
    }
}
