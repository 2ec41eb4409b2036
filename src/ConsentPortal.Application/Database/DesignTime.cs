using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Database;

/// <summary>What <c>dotnet ef</c> and the model tests need: the model without a server.</summary>
internal static class DesignTime
{
    public static DbContextOptions<TContext> Options<TContext>(Action<DbContextOptionsBuilder> useProvider) where TContext : DbContext
    {
        // Identity reads its schema version from the application's services; without it the passkey table is left out.
        var services = new ServiceCollection().Configure<IdentityOptions>(UseCurrentIdentitySchema).BuildServiceProvider();
        var builder = new DbContextOptionsBuilder<TContext>();
        useProvider(builder);
        builder.UseApplicationServiceProvider(services);
        return builder.Options;
    }

    public static void UseCurrentIdentitySchema(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
}
