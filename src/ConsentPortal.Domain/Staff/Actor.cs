namespace ConsentPortal.Domain.Staff;

public enum ActorKind
{
    Staff = 1,
    ApiKey = 2,
    Job = 3,
    Provider = 4,
    Subscriber = 5,
    CommandLine = 6,
}

/// <summary>Who acts: the first parameter of every use case, and the "who" of every audit entry.</summary>
/// <param name="Id">Stable id of the person, key or job; never a name or an address.</param>
/// <param name="Name">What the audit page shows.</param>
/// <param name="Role">The role under which the person acted, null for jobs and the provider.</param>
/// <param name="Origin">The request and address the act came from, null for jobs.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, IReadOnlySet<string> Permissions, string? Role = null, ActorOrigin? Origin = null)
{
    /// <summary>Stands where the id of a member of staff would.</summary>
    public const string StrangerId = "stranger";

    private static readonly HashSet<string> Every = [.. PermissionCatalogue.All.Select(p => p.Permission)];

    public bool May(string permission) => Permissions.Contains(permission);

    /// <exception cref="NotPermitted">The actor does not hold the permission.</exception>
    public void Require(string permission)
    {
        if (!May(permission))
            throw new NotPermitted(this, permission);
    }

    /// <summary>The portal itself, at work for nobody in particular: dispatcher, sealer, scheduler.</summary>
    public static Actor Job(string name) => new(ActorKind.Job, name, name, Every);

    /// <summary>The SMS provider, through a webhook whose signature was verified.</summary>
    public static Actor Provider(string name) => new(ActorKind.Provider, name, name, Every);

    /// <summary>Somebody outside, without an account: the person behind a signed link or a code, or whoever fills in a form.</summary>
    /// <param name="id">The subscriber's id; the form's name where nobody knows yet who it is.</param>
    public static Actor Subscriber(string id, ActorOrigin? origin) =>
        new(ActorKind.Subscriber, id, "The person themselves", new HashSet<string> { Staff.Permissions.ManageOwnPreferences }, null, origin);

    /// <summary>The administrator of the machine, at its command line.</summary>
    public static Actor CommandLine { get; } = new(ActorKind.CommandLine, "command-line", "Command line", Every);

    /// <summary>Whoever tries to sign in as nobody that the portal knows.</summary>
    public static Actor Stranger(ActorOrigin? origin) => new(ActorKind.Staff, StrangerId, "A stranger", new HashSet<string>(), null, origin);

    /// <summary>Somebody who may do nothing at all; tests prove with it that each use case asks.</summary>
    public static Actor Nobody { get; } = new(ActorKind.Staff, "nobody", "Nobody", new HashSet<string>());
}

/// <param name="RequestId">Ties all entries of one request together.</param>
/// <param name="IpAddress">Null where the address is not known. Of a subscriber no audit entry keeps it.</param>
public sealed record ActorOrigin(string RequestId, string? IpAddress);

/// <summary>Thrown by <see cref="Actor.Require"/>. Pages hide what a person may not do, so this is a bug or an attempt.</summary>
public sealed class NotPermitted(Actor actor, string permission)
    : Exception($"{actor.Kind} {actor.Id} does not hold the permission {permission}.")
{
    public Actor Actor { get; } = actor;

    public string Permission { get; } = permission;
}
