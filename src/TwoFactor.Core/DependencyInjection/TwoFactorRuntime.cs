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
using TwoFactor.Verification;

namespace TwoFactor;

/// <summary>The object graph behind the services, made once from validated options: the one place where everything is put together.</summary>
internal sealed class TwoFactorRuntime : IDisposable
{
    private readonly BackupCodeHasher _hasher;

    public TwoFactorRuntime(
        TwoFactorOptions options, IAccountStore store, IOrganizationStore organizations, IMembershipSource memberships, ISecretProtector protector,
        BackupCodePepperRing? peppers, ITwoFactorAuthorizer authorizer, IAdministratorRoles? roles, IUserListSource? users, IAuditReader? audit, IAccountFeed? feed,
        RegionSet? regions, TimeProvider time)
    {
        var policies = new PolicyResolver(memberships, organizations, options.Lockout.ToPolicy());
        var enrollment = options.Enrollment.ToPolicy(options.Issuer, options.Totp.ToParameters());
        var trust = options.TrustedDevices.ToPolicy();
        var transaction = new AccountTransaction(store);
        var vault = new SeedVault(protector);
        _hasher = new BackupCodeHasher(options.BackupCodes.ToSettings(), peppers, time);
        var examiner = new CodeExaminer(vault, _hasher, options.Totp.ToPolicy());
        SignIn = new SignInService(transaction, new CodeVerifier(examiner), options.SignIn.ToPolicy(), policies, trust, time);
        TrustedDevices = new TrustedDeviceService(transaction, policies, trust, time);
        Enrollment = new EnrollmentService(transaction, examiner, vault, _hasher, enrollment, policies, time);
        Status = new AccountStatusService(store, time);
        var gate = new AdministrationGate(transaction, store, memberships, authorizer, options.Administration.ToPolicy());
        Administration = new AdministrationService(transaction, gate, time);
        Moves = new RegionMoveService(gate, regions, time);
        Policies = new PolicyAdministrationService(
            gate, organizations, memberships, store, new AdministratorCheck(roles, memberships, store, organizations), time);
        Simulation = new PolicySimulationService(gate, new MemberStream(memberships, store), organizations, roles, time);
        Users = users is null ? null : new UserListService(gate, users, organizations, vault.CanOpen, time);
        Rotation = feed is null ? null : new SecretRotator(store, feed, vault, time);
        Audit = audit is null ? null : new AuditService(gate, audit, store, organizations, time);
    }

    public SignInService SignIn { get; }

    public EnrollmentService Enrollment { get; }

    public TrustedDeviceService TrustedDevices { get; }

    public AccountStatusService Status { get; }

    public AdministrationService Administration { get; }

    public RegionMoveService Moves { get; }

    public PolicyAdministrationService Policies { get; }

    public PolicySimulationService Simulation { get; }

    /// <summary>Null when the host has no source of user lists.</summary>
    public UserListService? Users { get; }

    /// <summary>Null when the host's store cannot read audit events.</summary>
    public AuditService? Audit { get; }

    /// <summary>Null when the host's store cannot tell of whom it has something stored.</summary>
    public SecretRotator? Rotation { get; }

    public void Dispose() => _hasher.Dispose();
}
