using System.Security.Cryptography;

namespace TwoFactor.Benchmarks.Floors;

/// <summary>AES-256-GCM of a seed by one instance that is kept, with nothing around it.</summary>
internal sealed class KeptAesGcm : IDisposable
{
    private readonly AesGcm _aes = new(RandomNumberGenerator.GetBytes(32), 16);
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12), _ciphertext, _tag = new byte[16], _plain, _associatedData;

    public KeptAesGcm(int secretLength, int associatedLength)
    {
        (_plain, _ciphertext, _associatedData) = (new byte[secretLength], new byte[secretLength], new byte[associatedLength]);
        _aes.Encrypt(_nonce, _plain, _ciphertext, _tag, _associatedData);
    }

    public void Decrypt() => _aes.Decrypt(_nonce, _ciphertext, _tag, _plain, _associatedData);

    public void Dispose() => _aes.Dispose();
}
