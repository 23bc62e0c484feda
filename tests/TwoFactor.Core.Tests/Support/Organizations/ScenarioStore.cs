using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Support.Organizations;

/// <summary>Where a scenario keeps accounts, policies and audit events. One class a store; the scenarios are the same for all.</summary>
public abstract class ScenarioStore : IDisposable
{
    /// <summary>Tells the library to use it.</summary>
    public abstract void Use(TwoFactorBuilder builder);

    /// <summary>Tells the library where users and memberships are.</summary>
    public virtual void UseDirectory(TwoFactorBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseInMemoryDirectory();
    }

    /// <summary>The directory that the library was told of.</summary>
    internal virtual IDirectoryDriver DirectoryOf(IServiceProvider services) => new InMemoryDirectoryDriver(services.GetRequiredService<InMemoryDirectory>());

    /// <summary>Makes it ready, such as by creating tables, once the services are built.</summary>
    public virtual Task PrepareAsync(IServiceProvider services) => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>The reference stores.</summary>
public sealed class InMemoryScenarioStore : ScenarioStore
{
    public override void Use(TwoFactorBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseInMemoryStore();
    }
}
