using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;

namespace TwoFactor.Tests.Support;

/// <summary>A user with what is in his hands: the phone, the printed backup codes, the session's proof.</summary>
internal sealed record Person(UserId Id, Phone App, EnrollmentId EnrollmentId, ImmutableArray<string> BackupCodes, Proof Proof)
{
    /// <summary>A well-formed backup code, check symbol included, that is not one of his.</summary>
    public string WrongBackupCode(int slot = 0)
    {
        const string symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var code = BackupCodes[slot].Replace("-", "", StringComparison.Ordinal).ToCharArray();
        code[5] = symbols[(symbols.IndexOf(code[5], StringComparison.Ordinal) + 1) % 32];
        foreach (var check in symbols)
        {
            code[^1] = check;
            if (BackupCodeFormat.TryParse(code, new char[BackupCodeFormat.SymbolCount], out _, out _)) return new string(code);
        }

        throw new InvalidOperationException("No check symbol fits.");
    }
}
