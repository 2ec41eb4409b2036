using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>A provider that sends nothing and erases whatever it is asked to.</summary>
internal class ForgetfulProvider : ISmsGateway
{
    private readonly List<string> _redacted = [];

    public IReadOnlyList<string> Redacted => _redacted;

    /// <summary>What it answers to the next questions to erase; after them it erases.</summary>
    public Queue<RedactionOutcome> Answers { get; } = new();

    public bool HasAccount { get; set; } = true;

    public int RequestsPerSecond => 0;

    /// <summary>What its records hold as blocked.</summary>
    public List<ProviderRefusal> Blocked { get; } = [];

    public Task<Result<IReadOnlyList<ProviderRefusal>>> FindBlockedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ProviderRefusal>>>(Blocked);

    public Task<RedactionOutcome> RedactAsync(string providerMessageId, MessageDirection direction, CancellationToken cancellationToken)
    {
        _redacted.Add($"{direction} {providerMessageId}");
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : new RedactionOutcome.Redacted());
    }

    public ProviderErrorMeaning? Explain(string code, ProviderCodeSource source) => VonageErrors.Explain(code, source);

    public Task<TimeSpan> WaitForTurnAsync(bool isSpaced, TimeSpan atMost, CancellationToken cancellationToken) => Task.FromResult(TimeSpan.Zero);

    public virtual Task<SendOutcome> SendAsync(OutgoingText text, CancellationToken cancellationToken) => throw new InvalidOperationException("This provider sends nothing.");

    public Task<Result<IReadOnlyList<ProviderRecord>>> FindByClientRefAsync(string clientRef, string to, DateTimeOffset sentAt, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ProviderRecord>>>(Array.Empty<ProviderRecord>());

    /// <summary>What its records hold of texts; null while it does not answer.</summary>
    public List<ProviderRecord>? Records { get; set; } = [];

    /// <summary>How many ids each question named.</summary>
    public List<int> AskedById { get; } = [];

    public Task<Result<IReadOnlyList<ProviderRecord>>> FindByIdAsync(IReadOnlyCollection<string> providerMessageIds, CancellationToken cancellationToken)
    {
        AskedById.Add(providerMessageIds.Count);
        return Task.FromResult<Result<IReadOnlyList<ProviderRecord>>>(Records is { } records ? records.FindAll(r => providerMessageIds.Contains(r.ProviderMessageId)) : Silence);
    }

    /// <summary>Null while it does not answer.</summary>
    public ProviderBalance? Balance { get; set; }

    /// <summary>What it says of every number; null while it does not answer.</summary>
    public LineInsight? Line { get; set; }

    /// <summary>The numbers about which it was asked.</summary>
    public List<string> LookedUp { get; } = [];

    public Task<Result<ProviderBalance>> GetBalanceAsync(CancellationToken cancellationToken) => Task.FromResult<Result<ProviderBalance>>(Balance is { } told ? told : Silence);

    public Task<Result<LineInsight>> LookUpLineAsync(string number, CancellationToken cancellationToken)
    {
        LookedUp.Add(number);
        return Task.FromResult<Result<LineInsight>>(Line is { } known ? known : Silence);
    }

    private static ProviderDidNotAnswer Silence => new("no-answer", "Nothing was changed.", RetryAfter: null);
}
