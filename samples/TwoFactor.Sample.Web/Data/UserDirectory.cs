using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Finds and adds users.</summary>
public sealed class UserDirectory(IDbContextFactory<SampleDbContext> contexts, IPasswordHasher<User> hasher, TimeProvider time)
{
    // SQLITE_CONSTRAINT_UNIQUE, https://www.sqlite.org/rescode.html
    private const int UniqueViolation = 2067;

    public async Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken = default)
    {
        var normalised = Normalise(email);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == normalised, cancellationToken);
    }

    /// <summary>Null when the address is taken.</summary>
    public async Task<User?> AddAsync(string name, string email, string password, CancellationToken cancellationToken = default)
    {
        var user = new User
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Email = Normalise(email),
            Name = name.Trim(),
            CreatedAtUnixSeconds = time.GetUtcNow().ToUnixTimeSeconds(),
        };
        user.PasswordHash = hasher.HashPassword(user, password);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(user);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueViolation })
        {
            return null;
        }

        return user;
    }

    private static string Normalise(string email) => email.Trim().ToLowerInvariant();
}
