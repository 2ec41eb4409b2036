namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>One after the other and with nothing beside them: each has the machine's cores and its clock to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SendingCollection
{
    public const string Name = "Sending";
}
