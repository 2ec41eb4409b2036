using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Mono.Cecil;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>
/// An entry of the audit trail is never changed: a name or number that stands readable in one could not be erased, and the erasure of its person
/// could never end. So whoever takes words and writes entries looks whether the words name the person, or is listed here with why they can't.
/// </summary>
public sealed class ReasonTests
{
    private const string OfNobody = "Of a thing that is nobody's: no person is known with whom the words could be compared.";

    private const string Elsewhere = "Kept in a row that goes with the person's data; the entry has none of the words.";

    private const string OfHash = "The entry holds the hash of the words.";

    private const string OfFile = "Of a file of many; the entry in each one's own history has words of its own.";

    /// <summary>What words are called that people write in sentences of their own.</summary>
    private static readonly HashSet<string> OwnWords = new(["reason", "note", "comment", "explanation", "source", "how", "howTold", "askedBy", "what", "text", "grounds"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Who takes words and does not look whether they name somebody, and why that is right.</summary>
    private static readonly Dictionary<string, string> WithoutLooking = new()
    {
        ["AbandonPolicyDraft"] = OfNobody,
        ["AddSuppressionFile"] = "Of a list of thousands, of whom nobody is named by its reason more than by the list.",
        ["AskForErasureApproval"] = Elsewhere,
        ["BackupLife"] = OfNobody,
        ["CancelCampaign"] = OfNobody,
        ["CancelRequest"] = Elsewhere,
        ["ChangeRetention"] = OfNobody,
        ["ChangeStaff"] = "Of a member of staff, whose name is no subscriber's.",
        ["CloseWithOpenTexts"] = Elsewhere,
        ["CommentOnRequest"] = Elsewhere,
        ["CompleteRequest"] = Elsewhere,
        ["DecideImport"] = OfNobody,
        ["DecideTextTemplate"] = OfNobody,
        ["DenyRequest"] = Elsewhere,
        ["EvidenceComments"] = OfNobody,
        ["EvidenceRooms"] = OfNobody,
        ["ExportCampaignRecipients"] = "Of a filter: the reason is one of the rules'.",
        ["ExportConsentRegister"] = OfFile,
        ["ExportRequests"] = "Of a filter: only a way is kept by which some request came, and that was looked through then.",
        ["ExportSegment"] = OfFile,
        ["ExtendRequest"] = Elsewhere,
        ["KeptReports"] = OfNobody,
        ["PauseCampaign"] = OfNobody,
        ["PauseRequest"] = Elsewhere,
        ["RemoveAttachment"] = Elsewhere,
        ["RequestChanges"] = OfNobody,
        ["RetirePurpose"] = OfNobody,
        ["RetireTextTemplate"] = OfNobody,
        ["RecordBreach"] = OfHash,
        ["SaveKeywordCase"] = "Kept in a row that can be removed; the entry has none of the words.",
        ["SaveWording"] = "What everybody reads beside a form.",
        ["SendErasureBack"] = Elsewhere,
        ["StartPolicyDraft"] = OfNobody,
        ["TakeBackActivation"] = OfNobody,
        ["TakeBackCampaign"] = OfNobody,
        ["TakeBackVerification"] = Elsewhere,
        ["TextStaffCode"] = "A number of a member of staff; the entry has none of it.",
        ["UndoImport"] = "Stands once, with the import; the entries of its people have words of their own.",
        ["VerifyRequester"] = Elsewhere,
        ["WriteLetter"] = Elsewhere,
    };

    [Fact]
    public void Words_that_reach_an_entry_about_a_person_are_looked_through_for_their_name_unless_it_is_listed_why_not()
    {
        using var module = ModuleDefinition.ReadModule(PortalArchitecture.UseCases.Location);
        var taking = PortalArchitecture.Written(PortalArchitecture.UseCases).Where(type => type.Namespace != typeof(DemoPortal).Namespace && TakesWords(type)).Select(type => type.FullName!).ToHashSet();

        var silent = module.Types.Where(type => taking.Contains(type.FullName) && WritesEntries(type) && !Uses(type, [typeof(PersonTraces)])).Select(type => type.Name).ToList();

        Assert.True(taking.Count > 20, "Use cases that take words were not found; are they written in another way?");
        Assert.True(!silent.Except(WithoutLooking.Keys).Any(), $"Not looked through: {string.Join(", ", silent.Except(WithoutLooking.Keys).Order(StringComparer.Ordinal))}");
        Assert.True(!WithoutLooking.Keys.Except(silent).Any(), $"Listed and no longer so: {string.Join(", ", WithoutLooking.Keys.Except(silent).Order(StringComparer.Ordinal))}");
    }

    /// <summary>A public method for an actor that takes a text, by itself or in what it is handed.</summary>
    private static bool TakesWords(Type type) =>
        (from method in PortalArchitecture.PublicMethods(type)
         let parameters = method.GetParameters()
         where parameters is [{ } first, ..] && first.ParameterType == typeof(Actor)
         from parameter in parameters.Skip(1)
         where IsOwnWords(parameter.ParameterType, parameter.Name)
             || (parameter.ParameterType.Assembly == PortalArchitecture.UseCases && parameter.ParameterType.GetProperties().Any(property => IsOwnWords(property.PropertyType, property.Name)))
         select parameter).Any();

    private static bool IsOwnWords(Type type, string? name) => type == typeof(string) && name is not null && OwnWords.Contains(name);

    private static bool WritesEntries(TypeDefinition type) => Uses(type, [typeof(AuditFact), typeof(CampaignChange), typeof(PolicyChange), typeof(RequestChange)]);

    /// <summary>Also in what the compiler made of its lambdas and asynchronous methods.</summary>
    private static bool Uses(TypeDefinition type, Type[] used) =>
        type.NestedTypes.Any(nested => Uses(nested, used))
        || type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>()
            .Any(called => used.Any(one => called.DeclaringType.FullName == one.FullName));
}
