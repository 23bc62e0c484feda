using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.KeyRotation;
using TwoFactor.Organizations;
using TwoFactor.Residency;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers two-factor authentication.</summary>
public static class TwoFactorServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, all singletons: <see cref="EnrollmentService"/>, <see cref="SignInService"/>, <see cref="TrustedDeviceService"/>,
    /// <see cref="AccountStatusService"/>; for administrators <see cref="AdministrationService"/>, <see cref="RegionMoveService"/>, <see cref="PolicyAdministrationService"/>,
    /// <see cref="PolicySimulationService"/>, <see cref="UserListService"/> and
    /// <see cref="AuditService"/>; <see cref="SecretRotator"/> and <see cref="AuditDispatcher"/>. Go on with the builder: a store and keys are required, and a host that lacks
    /// them does not start. To bind configuration: <c>AddTwoFactor(options => configuration.GetSection("TwoFactor").Bind(options))</c>.
    /// </summary>
    public static TwoFactorBuilder AddTwoFactor(this IServiceCollection services, Action<TwoFactorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<TwoFactorOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorOptions>, TwoFactorOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITwoFactorAuthorizer, DenyingAuthorizer>();
        services.TryAddSingleton(provider => new TwoFactorRuntime(
            provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value,
            provider.GetService<IAccountStore>() ?? throw new InvalidOperationException(TwoFactorOptionsValidator.MissingStore),
            provider.GetService<IOrganizationStore>() ?? new NoOrganizationStore(),
            provider.GetService<IMembershipSource>() ?? new NoMemberships(),
            provider.GetService<ISecretProtector>() ?? throw new InvalidOperationException(TwoFactorOptionsValidator.MissingProtector),
            provider.GetService<BackupCodePepperRing>(),
            provider.GetRequiredService<ITwoFactorAuthorizer>(),
            provider.GetService<IAdministratorRoles>(),
            provider.GetService<IUserListSource>(),
            provider.GetService<IAuditReader>(),
            provider.GetService<IAccountFeed>() ?? provider.GetService<IAccountStore>() as IAccountFeed,
            provider.GetService<RegionSet>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().SignIn);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Enrollment);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().TrustedDevices);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Status);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Administration);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Moves);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Policies);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Simulation);
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Users ?? throw new InvalidOperationException(
            "User lists need a source: call UseInMemoryDirectory() for a trial, AddEntityFrameworkDirectory() of TwoFactor.EntityFrameworkCore, or UseUserLists(...)."));
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Audit ?? throw new InvalidOperationException(
            "Reading audit events needs a store that implements IAuditReader: register it as a service."));
        services.TryAddSingleton(provider => provider.GetRequiredService<TwoFactorRuntime>().Rotation ?? throw new InvalidOperationException(
            "Rotating keys over all accounts needs a store that implements IAccountFeed, too, or one that is registered as a service."));
        services.TryAddSingleton(provider => new AuditDispatcher(
            provider.GetService<IAuditFeed>() ?? throw new InvalidOperationException(
                "Delivering audit events needs a store that implements IAuditFeed: register it as a service."),
            provider.GetServices<IAuditSink>()));
        return new TwoFactorBuilder(services);
    }
}
