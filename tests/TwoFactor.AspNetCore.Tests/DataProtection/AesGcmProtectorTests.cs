using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.DataProtection;

[TestFixture]
[Feature("E7")]
public sealed class AesGcmProtectorTests : SecretProtectorContract
{
    private readonly byte[] _old = SecretKeyRing.GenerateKey();
    private readonly byte[] _new = SecretKeyRing.GenerateKey();

    protected override (ISecretProtector Before, ISecretProtector After, ISecretProtector Without) Rotation() => (
        new AesGcmSecretProtector(new SecretKeyRing("old", [("old", _old)])),
        new AesGcmSecretProtector(new SecretKeyRing("new", [("old", _old), ("new", _new)])),
        new AesGcmSecretProtector(new SecretKeyRing("new", [("new", _new)])));
}
