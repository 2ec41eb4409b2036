using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>Web → Application → Domain, and no way back; what is foreign stays behind its own wall.</summary>
public sealed class DirectionTests
{
    private const string VonageWords = "ConsentPortal.Application.Messaging.Vonage.";

    /// <summary>Who may speak the provider's words outside the client itself.</summary>
    private static readonly string[] SpeaksVonage =
    [
        VonageWords,
        "ConsentPortal.Application.Messaging.Simulator.",
        "ConsentPortal.Web.Webhooks.",
        // Registers the client, and nothing more.
        typeof(PortalServices).FullName!,
    ];

    [Fact]
    public void Rules_know_the_base_library_and_telephone_numbers_and_nothing_else()
    {
        var foreign = PortalArchitecture.Rules.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name != "PhoneNumbers" && name != "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Fact]
    public void Rules_read_no_clock_no_file_and_no_network()
    {
        string[] outside = ["System.TimeProvider", "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Net.Http", "System.Net.Sockets", "System.Net.Dns", "System.Data.", "System.Diagnostics.Process"];

        Assert.Empty(PortalArchitecture.Uses(PortalArchitecture.Rules)
            .Where(use => outside.Any(name => use.Used.StartsWith(name, StringComparison.Ordinal)) || use.Used is "System.Environment" or "System.Console")
            .Select(Sentence).Distinct());
    }

    [Fact]
    public void Use_cases_know_no_face_of_the_portal()
    {
        var references = PortalArchitecture.UseCases.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.DoesNotContain("ConsentPortal.Web", references);
        Assert.DoesNotContain("MudBlazor", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal));
    }

    [Fact]
    public void The_providers_words_stay_with_its_client_its_simulator_and_its_webhooks() => Assert.Empty(
        PortalArchitecture.Uses(PortalArchitecture.UseCases).Concat(PortalArchitecture.Uses(PortalArchitecture.Faces))
            .Where(use => use.Used.StartsWith(VonageWords, StringComparison.Ordinal) && !SpeaksVonage.Any(speaker => use.User.StartsWith(speaker, StringComparison.Ordinal)))
            .Select(Sentence).Distinct());

    /// <summary>Each answer of the database is a use case's or a read's, where it is guarded.</summary>
    [Fact]
    public void No_face_of_the_portal_opens_the_database_itself() => Assert.Empty(
        PortalArchitecture.Uses(PortalArchitecture.Faces)
            .Where(use => use.Used is "ConsentPortal.Application.Database.PortalDatabase"
                || use.Used.EndsWith("PortalDbContext", StringComparison.Ordinal)
                || use.Used.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)
                || use.Used.StartsWith("Microsoft.Data.", StringComparison.Ordinal))
            .Select(Sentence).Distinct());

    private static string Sentence((string User, string Used) use) => $"{use.User} uses {use.Used}";
}
