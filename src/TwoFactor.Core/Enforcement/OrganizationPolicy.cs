using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Lockout;
using TwoFactor.Organizations;

namespace TwoFactor.Enforcement;

/// <summary>How single sign-on and the second factor go together.</summary>
public enum SsoMode
{
    /// <summary>Single sign-on is off.</summary>
    Off = 0,

    /// <summary>Single sign-on is on, and who uses it is exempt; a second factor covers the others, such as external collaborators.</summary>
    ExemptSso = 1,

    /// <summary>
    /// Single sign-on is on, and excludes the second factor: neither can be turned on while the other is in use.
    /// </summary>
    SsoExclusive = 2,
}

/// <summary>What becomes of a user without a second factor once grace is over.</summary>
public enum AfterGrace
{
    /// <summary>The user signs in to the set-up alone.</summary>
    RequireEnrollment = 1,

    /// <summary>The user is turned away; an administrator must help.</summary>
    Deny = 2,
}

/// <summary>
/// What an organisation demands. Immutable and versioned: it is saved by compare-and-swap, together with the record of the change.
/// Validated by <see cref="OrganizationPolicyValidation"/>.
/// </summary>
public sealed record OrganizationPolicy
{
    /// <summary>The schema of this version of the library.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The schema it was written in.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Whose.</summary>
    public required OrganizationId OrganizationId { get; init; }

    /// <summary>Its version: 0 for one that was never saved.</summary>
    public long Version { get; init; }

    /// <summary>Who must have a second factor, from when. None: nobody must.</summary>
    public ImmutableArray<EnforcementRule> Rules { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// Which sign-ins are followed by a second factor; the first row that matches decides, and without one password and magic link are,
    /// single sign-on and third-party logins are not.
    /// </summary>
    public ImmutableArray<MethodRule> Methods { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Single sign-on. Default off.</summary>
    public SsoMode Sso { get; init; }

    /// <summary>What follows grace. Default <see cref="Enforcement.AfterGrace.RequireEnrollment"/>.</summary>
    public AfterGrace AfterGrace { get; init; } = AfterGrace.RequireEnrollment;

    /// <summary>The clients on which an authenticator can be set up. Default browser and desktop.</summary>
    public ImmutableArray<ClientKind> EnrollmentClients { get => field.IsDefault ? DefaultClients : field; init; } = DefaultClients;

    /// <summary>Wrong answers; null for the host's own policy. Where several apply the strictest value of each limit does.</summary>
    public LockoutPolicy? Lockout { get; init; }

    /// <summary>
    /// How many days a device may be trusted: 7 to 90; null (the default) for not at all. Fewer days bite at once. Of several organisations the fewest
    /// days count, and none if one says none.
    /// </summary>
    public int? TrustedDeviceDays { get; init; }

    /// <summary>
    /// Since when devices may be trusted: those trusted before it was last turned on are dead. Set by the save that turns it on, whatever a caller
    /// wrote; null when it is off.
    /// </summary>
    public DateTimeOffset? TrustedDevicesSince { get; init; }

    /// <summary>The policy of an organisation that has not set one: it demands nothing.</summary>
    public static OrganizationPolicy NewFor(OrganizationId organizationId)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        return new OrganizationPolicy { OrganizationId = organizationId };
    }

    /// <summary>What follows a first factor for a member.</summary>
    public MethodRequirement RequirementFor(SignInMethod method, Membership membership)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(membership);
        foreach (var rule in Methods)
        {
            if (rule.Matches(method, membership)) return rule.Requirement;
        }

        // Only what brings its own second factor is exempt; whatever else there may come is not.
        return method.Kind is SignInMethodKind.Sso or SignInMethodKind.External ? new MethodRequirement.Exempt() : new MethodRequirement.Require();
    }

    private static ImmutableArray<ClientKind> DefaultClients { get; } = [ClientKind.Browser, ClientKind.Desktop];
}
