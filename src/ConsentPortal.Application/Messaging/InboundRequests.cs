using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging.Keywords;

namespace ConsentPortal.Application.Messaging;

/// <summary>A text that asks for one's data or for its deletion, as MY DATA and DELETE MY DATA do, opens an unverified request.</summary>
public sealed class InboundRequests(PublicAddress address, SendingGate gate)
{
    internal const string Source = "SMS";

    /// <returns>The words of the answer, with the page on which the person proves the number; null where the text asks for nothing.</returns>
    internal async Task<string?> OpenAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        if (DataRequestWords.Read(inbound.Text.Text) is not { } kind || sender.WrappedKey is null)
            return null;
        var received = inbound.Text.ReceivedAt < inbound.Now ? inbound.Text.ReceivedAt : inbound.Now;
        var (request, _, _) = await OpenPrivacyRequest.EnterOnceAsync(db, gate, inbound.Actor, sender, new NewPrivacyRequest(sender.Id, kind, null, Source, received), inbound.Now, cancellationToken);
        return TextIn(sender.Language, inbound.Programmes.Brand ?? "", string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}"), address.Of("preferences")?.ToString());
    }

    /// <summary>In the seven-bit alphabet.</summary>
    /// <param name="page">Where a code proves the number; null where people outside can't reach the portal.</param>
    internal static string TextIn(string? language, string brand, string number, string? page) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        "es" => $"{brand}: hemos recibido su solicitud {number}. " + (page is null ? "Nos pondremos en contacto con usted." : $"Confirme aqui su numero: {page}"),
        "fr" => $"{brand}: nous avons recu votre demande {number}. " + (page is null ? "Nous vous contacterons." : $"Confirmez ici votre numero: {page}"),
        "de" => $"{brand}: Ihre Anfrage {number} ist da. " + (page is null ? "Wir melden uns bei Ihnen." : $"Bestätigen Sie hier Ihre Nummer: {page}"),
        _ => $"{brand}: we have your request {number}. " + (page is null ? "We will get in touch with you." : $"Confirm your number here: {page}"),
    };
}
