using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>Enters or changes one limit.</summary>
public sealed partial class SendingLimitPage(SendingLimitList list, SaveSendingLimit save)
{
    private string? _sender;
    private string? _carrier;
    private string? _country;
    private string? _networks;
    private string _zone = "America/Los_Angeles";
    private int? _perMinute;
    private int? _perDay;
    private bool _isGone;
    private IReadOnlyList<string>? _senders;
    private IReadOnlyList<SeenNetwork> _seen = [];
    private Failure? _problem;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    private bool IsOfCarrier => !string.IsNullOrWhiteSpace(_carrier);

    private string? WhyNot =>
        _isGone ? "It is not there any more."
        : _sender is null ? "Choose the sender."
        : _perMinute is null && _perDay is null ? "Give parts a minute or a day."
        : null;

    protected override async Task OpenAsync()
    {
        if (Id is { } id && !Show(await list.FindAsync(Actor, id, Closing)))
            return;
        _seen = await list.NetworksAsync(Actor, Closing);
        var senders = (await list.GetAsync(Actor, Closing)).Senders;
        _senders = _sender is { } own && !senders.Contains(own, StringComparer.Ordinal) ? [own, .. senders] : senders;
        _sender ??= _senders.Count == 1 ? _senders[0] : null;
    }

    private bool Show(SendingLimitRow? limit)
    {
        if (limit is null)
        {
            _isGone = true;
            return false;
        }

        (_sender, _carrier, _country, _networks) = (limit.Sender, limit.Carrier, limit.Country, limit.Networks);
        (_perMinute, _perDay, _zone) = (limit.PartsPerMinute, limit.PartsPerDay, limit.Zone);
        return true;
    }

    private void Add(SeenNetwork network)
    {
        if (_networks?.Contains(network.Code, StringComparison.Ordinal) != true)
            _networks = $"{_networks} {network.Code}".Trim();
        _country ??= network.Country;
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await save.ExecuteAsync(Actor, Id, new SendingLimitDraft(_sender!, _carrier, _country, _networks, _perMinute, _perDay, _zone), Closing);
        _problem = saved.Failure;
        if (Tell(saved, "Saved. It holds from the next text on."))
            LeaveFor(Paths.SendingLimits);
    });
}
