using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Organizations;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Finds, adds and invites users, and tells the library's directory their names, which its user lists show.</summary>
public sealed class UserDirectory(
    IDbContextFactory<SampleDbContext> contexts, EntityFrameworkDirectory members, IPasswordHasher<User> hasher, TimeProvider time)
{
    public async Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken = default)
    {
        var normalised = Normalise(email);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == normalised, cancellationToken);
    }

    public async Task<User?> FindAsync(UserId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id.Value, cancellationToken);
    }

    /// <summary>The names of users by id; an id without a user is missing.</summary>
    public async Task<ImmutableDictionary<string, string>> NamesAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        string[] wanted = [.. ids.Distinct()];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await context.Users.AsNoTracking().Where(user => wanted.Contains(user.Id)).ToListAsync(cancellationToken);
        return users.ToImmutableDictionary(user => user.Id, user => user.Name);
    }

    /// <summary>Null when the address is taken. Without a password it is an invitation.</summary>
    public async Task<User?> AddAsync(string name, string email, string? password, CancellationToken cancellationToken = default)
    {
        var user = new User
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Email = Normalise(email),
            Name = name.Trim(),
            CreatedAtUnixSeconds = time.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (password is not null) user.PasswordHash = hasher.HashPassword(user, password);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(user);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (SampleDatabase.IsDuplicate(e))
        {
            return null;
        }

        await members.PutAsync(new DirectoryUser(user.UserId, user.Name, user.Email), cancellationToken);
        return user;
    }

    /// <summary>The password that an invited user chooses. False when there is one already: an invitation is good for one.</summary>
    public async Task<bool> SetFirstPasswordAsync(User user, string password, CancellationToken cancellationToken = default)
    {
        var hash = hasher.HashPassword(user, password);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.Where(u => u.Id == user.Id && u.PasswordHash == "")
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, hash), cancellationToken) == 1;
    }

    /// <summary>Another password in the place of the one that <paramref name="user"/> was read with; false when that is not the present one any more.</summary>
    public async Task<bool> ChangePasswordAsync(User user, string password, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var (before, hash) = (user.PasswordHash, hasher.HashPassword(user, password));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.Where(u => u.Id == user.Id && u.PasswordHash == before)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, hash), cancellationToken) == 1;
    }

    /// <summary>Remembers that the first sign-in was completed; later calls change nothing.</summary>
    public async Task MarkActivatedAsync(UserId id, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Users.Where(u => u.Id == id.Value && u.ActivatedAtUnixSeconds == null)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ActivatedAtUnixSeconds, now), cancellationToken);
    }

    private static string Normalise(string email) => email.Trim().ToLowerInvariant();
}
