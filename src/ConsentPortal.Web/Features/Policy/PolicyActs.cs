using ConsentPortal.Application.Policy;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>What the page of a version can do with it besides writing and simulating.</summary>
public sealed record PolicyActs(AskForActivation Ask, ActivatePolicy Activate, TakeBackActivation TakeBack, AbandonPolicyDraft Abandon);
