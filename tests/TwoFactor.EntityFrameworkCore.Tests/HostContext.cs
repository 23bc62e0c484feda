using Microsoft.EntityFrameworkCore;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A host's own context: a table of its own, and the two-factor tables beside it.</summary>
public sealed class HostContext(DbContextOptions<HostContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseTwoFactor();
}

public sealed class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
