using System.Buffers.Text;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Application.Tests.Preferences;

public sealed class PreferenceLinksTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private PreferenceLinks _links = null!;
    private NumberPeriodId _period;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _links = _portal.Get<PreferenceLinks>();
        _period = NumberPeriodId.New(_portal.Now);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public void A_link_names_the_period_and_proves_no_number()
    {
        var key = _links.Read(_links.LinkFor(_period)).Value;

        Assert.Equal((_period, false), (key.PeriodId, key.IsNumberProven));
        Assert.True(_links.Read(_links.SessionFor(_period)).Value.IsNumberProven);
    }

    [Fact]
    public void A_link_fits_into_a_text() => Assert.Equal(42, _links.LinkFor(_period).Length);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_bit_of_a_token_can_be_changed(bool isSession)
    {
        var bytes = Base64Url.DecodeFromChars(isSession ? _links.SessionFor(_period) : _links.LinkFor(_period));

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<PreferenceLinkBroken>(_links.Read(Base64Url.EncodeToString(changed)).Failure);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("not a token")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_broken(string? token) => Assert.IsType<PreferenceLinkBroken>(_links.Read(token).Failure);

    [Fact]
    public void A_token_of_another_key_ring_is_broken()
    {
        var folder = Directory.CreateTempSubdirectory("ring").FullName;
        var stranger = new PreferenceLinks(KeyRing.Create(Path.Combine(folder, "ring.json"), "other", _portal.Now), _portal.Clock);
        Directory.Delete(folder, recursive: true);

        Assert.IsType<PreferenceLinkBroken>(_links.Read(stranger.LinkFor(_period)).Failure);
    }

    [Theory]
    [Trait("Rule", "CASL-07")]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    public void Case_40_a_link_works_for_the_sixty_days_of_the_law_and_after_them(int days)
    {
        var link = _links.LinkFor(_period);

        _portal.Clock.Advance(TimeSpan.FromDays(days));

        Assert.True(_links.Read(link).IsSuccess);
    }

    /// <summary>The day on which the 400 days end is whole: five in the afternoon plus 400 days, and on to midnight.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_link_lasts_four_hundred_days(int second, bool works)
    {
        var link = _links.LinkFor(_period);

        _portal.Clock.Advance(TimeSpan.FromDays(400) + TimeSpan.FromHours(7) + TimeSpan.FromSeconds(second));

        Assert.Equal(works, _links.Read(link).IsSuccess);
    }

    [Fact]
    public void A_session_lasts_half_an_hour()
    {
        var session = _links.SessionFor(_period);

        _portal.Clock.Advance(TimeSpan.FromMinutes(28));
        Assert.True(_links.Read(session).IsSuccess);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<PreferenceLinkExpired>(_links.Read(session).Failure);
    }

    [Fact]
    public async Task A_campaign_text_carries_the_persons_own_link()
    {
        var id = await _portal.AddPersonAsync();
        var address = new PublicAddress(Options.Create(new PublicAddressOptions { Address = "https://texts.example.com" }), _links);
        var template = MessageTemplate.Parse("Choose: {{ preferencesLink | default: \"\" }}").Value;
        await using var db = _portal.Database.Open();
        var person = (await _portal.Get<SendFactsReader>().ReadAsync(db, [id], new SendQuestion(_portal.Offers, _portal.Offers.MessageClass), _portal.Now, default))[id];

        var text = template.Render(MergeValues.Of(person, _portal.Offers, template, address)).Text;

        var token = text["Choose: https://texts.example.com/p/".Length..];
        Assert.Equal((await db.Subscribers.SingleAsync()).CurrentPeriodId, _links.Read(token).Value.PeriodId);
    }

    [Fact]
    public void Without_the_setting_there_is_no_link() => Assert.Null(_portal.Get<PublicAddress>().PreferencesOf(_period));
}
