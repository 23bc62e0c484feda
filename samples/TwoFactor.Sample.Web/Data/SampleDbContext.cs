using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Sample.Web.Data;

public sealed class SampleDbContext(DbContextOptions<SampleDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<AdministratorAssignment> Administrators => Set<AdministratorAssignment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.HasKey(u => u.Id);
            user.HasIndex(u => u.Email).IsUnique();
            user.Ignore(u => u.UserId);
            user.Ignore(u => u.IsActivated);
            user.Ignore(u => u.HasPassword);
        });
        modelBuilder.Entity<Tenant>(tenant =>
        {
            tenant.HasKey(t => t.Id);
            tenant.Ignore(t => t.OrganizationId);
        });
        modelBuilder.Entity<AdministratorAssignment>().HasKey(a => new { a.TenantId, a.UserId });

        // The tables of the library, beside those of the host.
        modelBuilder.UseTwoFactor();
    }
}
