using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Keywords;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Inbox;

/// <summary>Reads a text while it is typed, as the portal would read it from a handset; keeps texts whose meaning is settled.</summary>
public sealed partial class InboundSimulatorPage(
    PurposeList purposes, TryInboundText read, KeywordCases cases, SaveKeywordCase save, RemoveKeywordCase remove, NavigationManager navigation)
{
    private const string AnyLanguage = "";

    private IReadOnlyList<ReceivingSender>? _senders;
    private KeywordCaseResults? _cases;
    private InboundTrial? _trial;
    private Failure? _problem;
    private string _text = "";
    private TextAction _expected;

    [SupplyParameterFromQuery(Name = "sender")]
    public string? AskedSender { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? AskedState { get; set; }

    [SupplyParameterFromQuery(Name = "language")]
    public string? AskedLanguage { get; set; }

    private string Sender => _senders!.FirstOrDefault(s => s.Number == AskedSender)?.Number ?? _senders![0].Number;

    private HandsetState State => Enum.TryParse<HandsetState>(AskedState, out var state) && Enum.IsDefined(state) ? state : HandsetState.Agreed;

    private string Language => Languages.Contains(AskedLanguage, StringComparer.Ordinal) ? AskedLanguage! : AnyLanguage;

    private IEnumerable<string> Languages => [AnyLanguage, .. _senders!.Where(s => s.Number == Sender).SelectMany(s => s.Languages)];

    protected override async Task OnParametersSetAsync()
    {
        _senders ??= [.. (await purposes.AllAsync(Actor, Closing)).Where(p => p is { IsRetired: false, SenderCanReceive: true }).GroupBy(p => p.Sender, StringComparer.Ordinal)
            .Select(g => new ReceivingSender(g.Key, [.. g.Select(p => p.Name)], [.. g.SelectMany(p => p.Languages).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
        _cases ??= await cases.GetAsync(Actor, Closing);
        await ReadAsync();
    }

    private Task TypeAsync(string text)
    {
        _text = text;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        _trial = null;
        _problem = null;
        if (string.IsNullOrWhiteSpace(_text) || _senders is not { Count: > 0 })
            return;
        var question = new InboundQuestion(_text, Sender, Language.Length == 0 ? null : Language, State);
        (await read.ExecuteAsync(Actor, question, Closing)).TryGet(out _trial, out _problem);
        _expected = _trial?.Meaning.Action ?? TextAction.None;
    }

    private Task KeepAsync() => RunAsync(async () =>
    {
        if (Tell(await save.ExecuteAsync(Actor, new KeywordCaseDraft(_text, Language.Length == 0 ? null : Language, _expected), Closing), "Kept. A change of the word lists that reads it differently shows here and on the dashboard."))
            _cases = await cases.GetAsync(Actor, Closing);
    });

    private Task RemoveAsync(KeywordCaseRow row) => RunAsync(async () =>
    {
        Tell(await remove.ExecuteAsync(Actor, row.Id, Closing), "The case is removed.");
        _cases = await cases.GetAsync(Actor, Closing);
    });

    private void Ask(string name, string? value) => navigation.NavigateTo(navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value), replace: true);

    private string SenderName(string number) => _senders!.FirstOrDefault(s => s.Number == number) is { } sender
        ? $"{number} ({string.Join(", ", sender.Purposes.Take(2))}{(sender.Purposes.Count > 2 ? $" and {sender.Purposes.Count - 2} more" : "")})"
        : number;

    private static string LanguageName(string language) => language.Length == 0 ? "Not known" : CultureInfo.GetCultureInfo(language).EnglishName;

    private static string Words(HandsetState state) => state switch
    {
        HandsetState.Unknown => "Somebody new",
        HandsetState.Asked => "Somebody who was asked to reply YES",
        HandsetState.Agreed => "Somebody who has agreed",
        HandsetState.Stopped => "Somebody who has texted STOP",
    };

    private sealed record ReceivingSender(string Number, IReadOnlyList<string> Purposes, IReadOnlyList<string> Languages);
}
