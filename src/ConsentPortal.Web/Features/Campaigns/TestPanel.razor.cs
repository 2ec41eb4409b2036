using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Sends the text that is being written to verified numbers of staff, and tells what the rules would have said.</summary>
public sealed partial class TestPanel(StaffNumberList numbers, SendTest send)
{
    private IReadOnlyList<TestRecipient>? _recipients;
    private IReadOnlyCollection<Guid> _chosen = [];
    private IReadOnlyList<TestResult>? _results;
    private Failure? _problem;
    private bool _busy;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>What would be sent; to whom is chosen here.</summary>
    [Parameter, EditorRequired]
    public required TestQuestion Question { get; set; }

    /// <summary>Why the text can't be sent as it stands; null when it can.</summary>
    [Parameter]
    public string? WhyNot { get; set; }

    private string SendWords =>
        (Question.Variant is { } letter ? $"Send text {letter}" : "Send the test") + (Question.Language is { } language ? $" in {CampaignWording.OfLanguage(language)}" : "");

    private string? Why => WhyNot ?? (_chosen.Count == 0 ? "Choose to whom." : null);

    protected override async Task OnInitializedAsync()
    {
        _recipients = await numbers.VerifiedAsync(Actor, CancellationToken.None);
        _chosen = [.. _recipients.Where(r => r.IsOwn).Select(r => r.Id)];
    }

    private async Task SendAsync()
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            var sent = await send.ExecuteAsync(Actor, Question with { Numbers = _chosen }, CancellationToken.None);
            (_results, _problem) = (sent.IsSuccess ? sent.Value : null, sent.Failure);
        }
        finally
        {
            _busy = false;
        }
    }

    private string NameOf(Guid id) => _recipients?.FirstOrDefault(r => r.Id == id) is { } recipient ? recipient.IsOwn ? $"{recipient.Name} (you)" : recipient.Name : "";
}
