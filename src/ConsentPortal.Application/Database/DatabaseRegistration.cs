using System.Data.Common;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Database.Health;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsentPortal.Application.Database;

public static class DatabaseRegistration
{
    /// <summary>
    /// The store that <c>Database:Provider</c> names: <c>Sqlite</c> (the default, embedded) or <c>SqlServer</c> with
    /// <c>ConnectionStrings:Portal</c>.
    /// </summary>
    /// <exception cref="StartRefusedException">The provider is unknown or its connection string is missing.</exception>
    public static IServiceCollection AddPortalDatabase(this IServiceCollection services, IConfiguration configuration, PortalFolders folders)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(folders);
        services.AddSingleton(_ => KeyRing.Load(folders.KeyRing));
        services.AddSingleton<SubjectKeys>();
        services.AddSingleton<LookupHash>();
        services.AddSingleton<RotateKeys>();
        services.AddSingleton<PortalDoctor>();
        services.AddSingleton<PortalDatabase>();
        services.AddSingleton<DatabasePreparation>();
        services.AddSingleton<DatabaseRemains>();
        services.Configure<IdentityOptions>(DesignTime.UseCurrentIdentitySchema);

        var provider = configuration["Database:Provider"] ?? "Sqlite";
        if (string.Equals(provider, "Sqlite", StringComparison.OrdinalIgnoreCase))
            services.AddSqlite(folders);
        else if (string.Equals(provider, "SqlServer", StringComparison.OrdinalIgnoreCase))
            services.AddSqlServer(configuration.GetConnectionString("Portal"));
        else
            throw new StartRefusedException($"The setting Database:Provider is '{provider}'. Use Sqlite or SqlServer.");

        services.AddScoped(provider => provider.GetRequiredService<PortalDatabase>().Open());
        services.AddDataProtection().SetApplicationName("ConsentPortal").PersistKeysToDbContext<PortalDbContext>();
        services.AddIdentityCore<StaffMember>(StaffRules).AddRoles<StaffRole>().AddEntityFrameworkStores<PortalDbContext>();
        return services;
    }

    private static void StaffRules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Password.RequiredLength = 12;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireDigit = false;
        options.Password.RequireUppercase = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    private static void AddSqlite(this IServiceCollection services, PortalFolders folders)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = folders.Database, DefaultTimeout = 30, ForeignKeys = true }.ToString();
        services.AddDbContextFactory<SqlitePortalDbContext>(options =>
            options.UseSqlite(connection, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)).AddInterceptors(new SqlitePragmas(), new TextFolding()));
        services.AddSingleton<IDatabaseKind>(new DatabaseKind<SqlitePortalDbContext>("SQLite", hasOneWriter: true));
    }

    private static void AddSqlServer(this IServiceCollection services, string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
            throw new StartRefusedException("Database:Provider is SqlServer, but ConnectionStrings:Portal is empty. Set it to the connection string of the portal's database.");
        services.AddDbContextFactory<SqlServerPortalDbContext>(options => options.UseSqlServer(connection, server => server.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)));
        services.AddSingleton<IDatabaseKind>(new DatabaseKind<SqlServerPortalDbContext>("SQL Server", hasOneWriter: false));
    }
}

/// <summary>
/// Per connection: a commit survives a power cut (a row that says "sending" must never be forgotten), and deleted content
/// is overwritten (an erased person's key must not linger in a free page).
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=1000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
