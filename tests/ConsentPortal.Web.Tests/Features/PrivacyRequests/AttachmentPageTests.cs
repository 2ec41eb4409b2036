using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class AttachmentPageTests : StaffPageTest
{
    [Fact]
    public async Task A_file_is_attached_by_what_it_is_and_an_identity_paper_is_offered_for_deletion_once_the_person_is_verified()
    {
        var id = await ReceiveAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("input[type=file]");
        Assert.True(page.Find("input[type=file]").HasAttribute("disabled"));

        var kind = page.FindComponent<AttachmentsPanel>().FindComponent<MudSelect<AttachmentKind?>>();
        await kind.InvokeAsync(() => kind.Instance.ValueChanged.InvokeAsync(AttachmentKind.IdentityPaper));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("%PDF-1.7 passport", "passport.pdf"));

        page.WaitForAssertion(() => Assert.Contains("passport.pdf", page.FindComponent<AttachmentsPanel>().Markup, StringComparison.Ordinal));
        Assert.Contains("A file was attached: identity paper.", page.FindComponent<RequestActivityPanel>().Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".done-with"));
        await Get<VerifyRequester>().ExecuteAsync(Everybody, id, VerifyRequester.Ways[0], null, default);
        page.FindComponent<RequestActivityPanel>().Find("textarea").Input("Verified on the phone");
        await page.FindComponent<RequestActivityPanel>().FindAll("button").Single(button => button.TextContent.Trim() == "Comment").ClickAsync(new());
        page.WaitForElement(".done-with button").Click();

        page.WaitForAssertion(() => Assert.Contains("were seen and deleted", page.FindComponent<RequestActivityPanel>().Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("passport.pdf", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_refused_whatever_its_name_says()
    {
        var id = await ReceiveAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("input[type=file]");
        var kind = page.FindComponent<AttachmentsPanel>().FindComponent<MudSelect<AttachmentKind?>>();
        await kind.InvokeAsync(() => kind.Instance.ValueChanged.InvokeAsync(AttachmentKind.Letter));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("MZ program", "letter.pdf"));

        page.WaitForAssertion(() => Assert.Contains("whatever its name says", page.FindComponent<AttachmentsPanel>().Markup, StringComparison.Ordinal));
        Assert.Empty(await Get<RequestAttachments>().OfAsync(Everybody, id, default));
    }

    [Fact]
    public async Task Whoever_only_reads_requests_sees_that_a_file_is_there_and_not_its_name()
    {
        var id = await ReceiveAsync();
        await Get<AttachToRequest>().ExecuteAsync(Everybody, id, AttachmentKind.IdentityPaper, EvidenceFile.Read("ada-okafor.pdf", [.. "%PDF-1.7"u8]).Value, default);
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));

        page.WaitForAssertion(() => Assert.Contains("Identity paper", page.FindComponent<AttachmentsPanel>().Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("ada-okafor", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input[type=file]"));
    }

    private async Task<PrivacyRequestId> ReceiveAsync() => (await Get<OpenPrivacyRequest>().ExecuteAsync(
        Everybody, new NewPrivacyRequest(await AddPersonAsync(), PrivacyRequestKind.Access, null, "Email", TimeProvider.System.GetUtcNow()), default)).Value;
}
