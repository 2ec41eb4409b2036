using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Tests.Staff;

/// <summary>How much work a try to sign in makes: counted, because a clock on a busy machine proves nothing.</summary>
public sealed class SignInWorkTests : IAsyncLifetime
{
    private const string Password = "lantern over quiet water";

    private static readonly ActorOrigin Somewhere = new("request-1", "203.0.113.9");

    private readonly CountingHasher _hasher = new();
    private PeoplePortal _portal = null!;
    private SignInStaff _signIn = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _signIn = new SignInStaff(
            _portal.Database, new OwnAccounts(_portal.Database, new WithHasher(_portal.Get<IServiceScopeFactory>(), _hasher), _portal.Clock),
            new StrangersAtSignIn(_portal.Database, _portal.Get<LookupHash>(), _portal.Clock));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Every_try_looks_at_one_password_whatever_there_is_behind_the_address()
    {
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        await AddAsync("known");
        await AddAsync("invited", person => person.PasswordHash = null);
        await AddAsync("suspended", person => person.SuspendedAt = _portal.Now);
        await AddAsync("locked", person => person.LockoutEnd = later);
        await AddAsync("lockedAndInvited", person => (person.PasswordHash, person.LockoutEnd) = (null, later));

        foreach (var (name, password, outcome) in new[]
        {
            ("unknown", "a guess", SignInOutcome.Wrong), ("known", "a guess", SignInOutcome.Wrong), ("invited", "a guess", SignInOutcome.Wrong), ("suspended", "a guess", SignInOutcome.Wrong),
            ("locked", "a guess", SignInOutcome.Wrong), ("lockedAndInvited", "a guess", SignInOutcome.Wrong), ("locked", Password, SignInOutcome.LockedOut), ("suspended", Password, SignInOutcome.Suspended),
            ("known", Password, SignInOutcome.SignedIn),
        })
        {
            var (looks, hashes) = (_hasher.Looks, _hasher.Hashes);
            var answer = await _signIn.WithPasswordAsync($"{name}@staff.example", password, Somewhere, default);
            Assert.Equal((name, outcome, 1, 0), (name, answer.Outcome, _hasher.Looks - looks, _hasher.Hashes - hashes));
        }
    }

    private Task AddAsync(string name, Action<StaffMember>? change = null) => _portal.Database.WriteAsync(
        db =>
        {
            var email = $"{name}@staff.example";
            var person = new StaffMember
            {
                Id = Guid.CreateVersion7(_portal.Now), DisplayName = "Noor Haddad", Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(),
                LockoutEnabled = true, SecurityStamp = "1",
            };
            person.PasswordHash = new PasswordHasher<StaffMember>().HashPassword(person, Password);
            change?.Invoke(person);
            db.Users.Add(person);
            return Task.CompletedTask;
        },
        default);

    private sealed class CountingHasher : IPasswordHasher<StaffMember>
    {
        private readonly PasswordHasher<StaffMember> _hasher = new();

        public int Looks { get; private set; }

        public int Hashes { get; private set; }

        public string HashPassword(StaffMember user, string password)
        {
            Hashes++;
            return _hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(StaffMember user, string hashedPassword, string providedPassword)
        {
            Looks++;
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    /// <summary>The portal's own services, with another hasher.</summary>
    private sealed class WithHasher(IServiceScopeFactory scopes, CountingHasher hasher) : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => new Scope(scopes.CreateScope(), hasher);

        private sealed class Scope(IServiceScope scope, CountingHasher hasher) : IServiceScope, IServiceProvider
        {
            public IServiceProvider ServiceProvider => this;

            public object? GetService(Type serviceType) => serviceType == typeof(IPasswordHasher<StaffMember>) ? hasher : scope.ServiceProvider.GetService(serviceType);

            public void Dispose() => scope.Dispose();
        }
    }
}
