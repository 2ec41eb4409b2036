using Bunit;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class RecordConsentFormTests : StaffPageTest
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7 signed"u8];

    [Fact]
    public async Task Written_consent_on_paper_waits_for_the_scan_and_keeps_it()
    {
        var (id, form) = await FilledAsync();
        Assert.Contains("Attach the scan", form.Markup, StringComparison.Ordinal);
        Assert.True(Record(form).HasAttribute("disabled"));

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Pdf, "card.pdf"));
        form.WaitForAssertion(() => Assert.Contains("card.pdf", form.Find(".file").TextContent, StringComparison.Ordinal));
        form.WaitForAssertion(() => Assert.False(Record(form).HasAttribute("disabled")));
        await Record(form).ClickAsync(new());

        await using var db = Database.Open();
        form.WaitForAssertion(() => Assert.Equal(1, db.EvidenceDocuments.Count(d => d.SubscriberId == id)));
        var consent = (await Get<SubscriberDetail>().GetAsync(Everybody, id, default)).Value.Consents.Single();
        Assert.Equal((ConsentChannel.Paper, ConsentLevel.ExpressWritten, "On paper", "card.pdf"), (consent.Proof!.Channel, consent.State.Level, consent.Proof.Evidence!.CollectionPoint, consent.Proof.DocumentName));
    }

    [Fact]
    public async Task A_kept_paper_stands_on_the_consent_tab_and_is_asked_for_with_a_reason()
    {
        var (id, form) = await FilledAsync();
        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Pdf, "card.pdf"));
        form.WaitForAssertion(() => Assert.NotEmpty(form.FindAll(".file")));
        form.WaitForAssertion(() => Assert.False(Record(form).HasAttribute("disabled")));
        await Record(form).ClickAsync(new());
        var person = (await Get<SubscriberDetail>().GetAsync(Everybody, id, default)).Value;

        var paper = Render<EvidencePaper>(p => p.Add(c => c.Href, Paths.Evidence(id, person.Papers.Keys.Single())).Add(c => c.Name, person.Papers.Values.Single()));
        Assert.Empty(paper.FindAll("form"));
        await paper.Find("button").ClickAsync(new());

        Assert.Equal(Paths.Evidence(id, person.Papers.Keys.Single()), paper.Find("form").GetAttribute("action"));
        Assert.True(paper.Find("button[type=submit]").HasAttribute("disabled"));
        await paper.Find("input[name=reason]").InputAsync("Complaint, case 12");
        Assert.False(paper.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_program_that_is_called_a_scan_is_refused_with_a_sentence()
    {
        var (_, form) = await FilledAsync();

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([.. "MZ"u8], "card.pdf"));

        form.WaitForAssertion(() => Assert.Contains("no PDF, PNG or JPEG", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.True(Record(form).HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_was_said_on_the_phone_is_never_written_and_takes_no_scan()
    {
        var (id, form) = await FilledAsync();

        await form.InvokeAsync(() => form.FindComponent<MudSelect<IntakeWay>>().Instance.ValueChanged.InvokeAsync(IntakeWay.All.Single(w => w.Name == "On the phone")));
        Assert.Empty(form.FindComponents<InputFile>());
        form.WaitForAssertion(() => Assert.False(Record(form).HasAttribute("disabled")));
        await Record(form).ClickAsync(new());

        await using var db = Database.Open();
        form.WaitForAssertion(() => Assert.Equal(ConsentLevel.Express, db.ConsentEvents.AsNoTracking().SingleOrDefault(e => e.SubscriberId == id)?.Level));
    }

    private static AngleSharp.Dom.IElement Record(IRenderedComponent<RecordConsentForm> form) => form.FindAll("button").First(b => b.TextContent.Trim() == "Record consent");

    private async Task<(SubscriberId Id, IRenderedComponent<RecordConsentForm> Form)> FilledAsync()
    {
        var id = await AddPersonAsync();
        var (purpose, _) = await AddPurposeAsync();
        await SignInAsync(RoleBundle.SupportAgent);
        var person = (await Get<SubscriberDetail>().GetAsync(Everybody, id, default)).Value;
        var form = Render<RecordConsentForm>(p => p.Add(f => f.Person, person));
        await form.InvokeAsync(() => form.FindComponent<MudSelect<PurposeId?>>().Instance.ValueChanged.InvokeAsync(purpose.Id));
        await form.InvokeAsync(() => form.FindComponent<MudDatePicker>().Instance.DateChanged.InvokeAsync(DateTime.UtcNow.Date.AddDays(-1)));
        var fields = form.FindComponents<MudTextField<string>>();
        await form.InvokeAsync(() => fields.Single(f => f.Instance.Label == "Who asked them").Instance.ValueChanged.InvokeAsync("Front desk"));
        await form.InvokeAsync(() => fields.Single(f => f.Instance.Label == "Why you record it").Instance.ValueChanged.InvokeAsync("Handed in at the desk"));
        form.Render();
        return (id, form);
    }
}
