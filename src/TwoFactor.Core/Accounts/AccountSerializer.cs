using System.Text.Json;

namespace TwoFactor.Accounts;

/// <summary>
/// Turns an account into bytes for a store, and back: UTF-8 JSON with a format number. It holds encrypted seeds and hashes, no secret in
/// clear.
/// </summary>
public static class AccountSerializer
{
    /// <summary>The format that is written.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The bytes to store.</summary>
    public static byte[] Serialize(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return AccountWriter.Write(CurrentFormat, account);
    }

    /// <summary>Reads stored bytes.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or of a format that is newer than this version of the library.</exception>
    public static Account Deserialize(ReadOnlySpan<byte> bytes)
    {
        if (AccountReader.Read(CurrentFormat, bytes) is { } usual) return usual;
        AccountDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(bytes, AccountJsonContext.Default.AccountDocument);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException("A stored account is damaged.", e);
        }

        // A null among the elements of a list is the one hole that the reader's own checks of null leave.
        if (document?.Account is not { } account || account.Challenges.Contains(null!) || account.TrustedDevices.Contains(null!)) throw new InvalidDataException("A stored account is damaged.");
        return document.Format == CurrentFormat
            ? document.Account
            : throw new InvalidDataException($"A stored account has format {document.Format}; this version reads {CurrentFormat}. Was it written by a newer version?");
    }
}

internal sealed record AccountDocument(int Format, Account Account);
