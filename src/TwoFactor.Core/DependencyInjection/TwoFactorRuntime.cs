using TwoFactor.Administration;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor;

/// <summary>The object graph behind the services, made once from validated options: the one place where everything is put together.</summary>
internal sealed class TwoFactorRuntime : IDisposable
{
    private readonly BackupCodeHasher _hasher;

    public TwoFactorRuntime(
        TwoFactorOptions options, IAccountStore store, ISecretProtector protector, BackupCodePepperRing? peppers, ITwoFactorAuthorizer authorizer, TimeProvider time)
    {
        var lockout = options.Lockout.ToPolicy();
        var enrollment = options.Enrollment.ToPolicy(options.Issuer, options.Totp.ToParameters());
        var transaction = new AccountTransaction(store);
        var vault = new SeedVault(protector);
        _hasher = new BackupCodeHasher(options.BackupCodes.ToSettings(), peppers, time);
        var examiner = new CodeExaminer(vault, _hasher, options.Totp.ToPolicy());
        SignIn = new SignInService(transaction, new CodeVerifier(examiner, lockout), options.SignIn.ToPolicy(), lockout, time);
        Enrollment = new EnrollmentService(transaction, examiner, vault, _hasher, enrollment, lockout, time);
        Status = new AccountStatusService(store, time);
        Administration = new AdministrationService(transaction, authorizer, time);
    }

    public SignInService SignIn { get; }

    public EnrollmentService Enrollment { get; }

    public AccountStatusService Status { get; }

    public AdministrationService Administration { get; }

    public void Dispose() => _hasher.Dispose();
}
