using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>Several stops in force on one number at once, in every combination.</summary>
public sealed class StopsTogetherTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly Purpose Visits = new()
    {
        Id = PurposeId.New(Noon), Name = "Appointment reminders", Brand = "Aurora", MessageClass = MessageClass.Informational, Basis = LegalBasis.Consent,
        Sender = "+12025550111", SenderCanReceive = true, NeedsDoubleOptIn = false, CreatedAt = Noon,
    };

    private static readonly Suppression[] Every =
    [
        Stop(SuppressionScope.All), Stop(SuppressionScope.Marketing), Stop(SuppressionScope.Purpose, Visits.Id), Stop(SuppressionScope.Purpose, PurposeId.New(Noon)),
        Stop(SuppressionScope.Sender, sender: Visits.Sender), Stop(SuppressionScope.Sender, sender: "+12025550199"),
    ];

    [Theory]
    [Trait("Rule", "C-10")]
    [InlineData(MessageClass.Marketing)]
    [InlineData(MessageClass.Informational)]
    [InlineData(MessageClass.Transactional)]
    public void One_stop_more_never_lets_a_text_through(MessageClass text)
    {
        foreach (var some in Combinations())
        {
            var alone = some.Any(stop => IsStopped([stop], text));
            Assert.Equal(alone, IsStopped(some, text));
            Assert.Equal(alone, IsStopped([.. some.Reverse()], text));
        }
    }

    [Theory]
    [Trait("Rule", "C-10")]
    [InlineData(SuppressionScope.Purpose)]
    [InlineData(SuppressionScope.Sender)]
    public void A_stop_to_marketing_does_not_open_what_a_narrower_one_has_closed(SuppressionScope narrower) =>
        Assert.True(IsStopped([Every.First(s => s.Scope == narrower), Stop(SuppressionScope.Marketing)], MessageClass.Informational));

    private static IEnumerable<IReadOnlyList<Suppression>> Combinations() =>
        Enumerable.Range(0, 1 << Every.Length).Select(set => (IReadOnlyList<Suppression>)[.. Every.Where((_, i) => (set & (1 << i)) != 0)]);

    private static bool IsStopped(IReadOnlyList<Suppression> stops, MessageClass text)
    {
        var facts = new SendFacts
        {
            MessageClass = text, To = Recipient.Of(new PhoneNumber("+12125552368", "US")), Purpose = Visits.Id, Brand = Visits.Brand, Suppression = SendFactsReader.Strictest(stops, Visits),
        };
        return SendPolicy.Evaluate(facts, PolicyVersion.Default, Noon).Findings.Any(f => f.Reason == SendReason.Suppressed);
    }

    private static Suppression Stop(SuppressionScope scope, PurposeId? purpose = null, string? sender = null) => new()
    {
        PhoneHash = [1], Scope = scope, PurposeId = purpose, Sender = sender, Source = SuppressionSource.Staff, Reason = "Asked", At = Noon,
    };
}
