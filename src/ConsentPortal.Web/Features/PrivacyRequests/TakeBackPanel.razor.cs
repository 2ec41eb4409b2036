namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Takes a verification back, for whoever works on requests.</summary>
public sealed partial class TakeBackPanel
{
    private string _reason = "";

    protected override void Forget() => _reason = "";

    private Task TakeBackAsync()
    {
        var reason = _reason;
        return ActAsync((actor, id, token) => Acts.TakeBack.ExecuteAsync(actor, id, reason, token), "The request waits to be verified again.");
    }
}
