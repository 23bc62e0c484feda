using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Otp;

namespace TwoFactor.Verification;

/// <summary>A stored seed with what it is bound to.</summary>
internal readonly record struct TotpContext(UserId User, EnrollmentId Enrollment, ImmutableArray<byte> ProtectedSecret, TotpParameters Parameters);
