using Microsoft.EntityFrameworkCore;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>
/// A ready context with the two-factor tables and nothing else, for a host that has no context of its own or keeps this state apart.
/// </summary>
public class TwoFactorDbContext(DbContextOptions<TwoFactorDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.UseTwoFactor();
    }
}
