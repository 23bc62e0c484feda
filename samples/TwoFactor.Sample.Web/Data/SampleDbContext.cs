using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Sample.Web.Data;

public sealed class SampleDbContext(DbContextOptions<SampleDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.HasKey(u => u.Id);
            user.HasIndex(u => u.Email).IsUnique();
            user.Ignore(u => u.UserId);
        });

        // The tables of the library, beside those of the host.
        modelBuilder.UseTwoFactor();
    }
}
