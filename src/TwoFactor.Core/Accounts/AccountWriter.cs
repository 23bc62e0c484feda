using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TwoFactor.Otp;

namespace TwoFactor.Accounts;

/// <summary>
/// Writes an account as JSON, member by member, because every sign-in writes two: the serializer's own way, that of <see cref="AccountJsonContext"/>,
/// takes more than twice as long. Both write the same bytes, and a test holds them to it.
/// </summary>
internal static class AccountWriter
{
    private const int UsualLength = 4_096, MostKept = 65_536;

    /// <summary>Nobody puts it into a web page, so that <c>+</c> of a hash and letters of any script stay what they are.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    [ThreadStatic]
    private static Scratch? s_scratch;

    /// <summary>The account with the number of the format.</summary>
    public static byte[] Write(int format, Account account)
    {
        var (buffer, json) = s_scratch ??= new Scratch(new ArrayBufferWriter<byte>(UsualLength));
        try
        {
            json.WriteStartObject();
            json.WriteNumber("format"u8, format);
            json.WritePropertyName("account"u8);
            Write(json, account);
            json.WriteEndObject();
            json.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            if (buffer.Capacity > MostKept) s_scratch = null;
        }
    }

    private static void Write(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteString("userId"u8, account.UserId.Value);
        json.WriteNumber("epoch"u8, account.Epoch);
        if (account.Active is { } active) Write(json, active);
        if (account.Pending is { } pending) Write(json, pending);
        if (account.BackupCodes is { } codes) Write(json, codes);
        Write(json, account.Attempts);
        json.WriteStartArray("challenges"u8);
        foreach (var challenge in account.Challenges) Write(json, challenge);
        json.WriteEndArray();
        json.WriteStartArray("trustedDevices"u8);
        foreach (var device in account.TrustedDevices) Write(json, device);
        json.WriteEndArray();
        if (account.LastSignInAt is { } last) json.WriteString("lastSignInAt"u8, last);
        if (account.PreviousSignInAt is { } previous) json.WriteString("previousSignInAt"u8, previous);
        WriteGrace(json, account);
        if (account.Region is { } region) json.WriteString("region"u8, region.Value);
        if (account.Relocation is { } relocation) Write(json, relocation);
        if (account.AuditHead is { } head) Write(json, head);
        json.WriteEndObject();
    }

    private static void WriteGrace(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("graceExtensions"u8);
        foreach (var extension in account.GraceExtensions)
        {
            json.WriteStartObject();
            json.WriteString("organizationId"u8, extension.OrganizationId.Value);
            json.WriteString("extra"u8, extension.Extra.ToString("c", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("exemptions"u8);
        foreach (var exemption in account.Exemptions)
        {
            json.WriteStartObject();
            json.WriteString("organizationId"u8, exemption.OrganizationId.Value);
            json.WriteString("until"u8, exemption.Until);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("firstSignIns"u8);
        foreach (var first in account.FirstSignIns)
        {
            json.WriteStartObject();
            json.WriteString("organizationId"u8, first.OrganizationId.Value);
            json.WriteString("ruleId"u8, first.RuleId);
            json.WriteString("at"u8, first.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ActiveEnrollment active)
    {
        json.WriteStartObject("active"u8);
        Write(json, "id"u8, active.Id.Value);
        json.WriteBase64String("protectedSecret"u8, active.ProtectedSecret.AsSpan());
        Write(json, active.Parameters);
        json.WriteString("issuer"u8, active.Issuer);
        json.WriteString("accountName"u8, active.AccountName);
        json.WriteString("confirmedAt"u8, active.ConfirmedAt);
        json.WriteNumber("lastAcceptedStep"u8, active.LastAcceptedStep);
        Write(json, "burnedSteps"u8, active.BurnedSteps);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PendingEnrollment pending)
    {
        json.WriteStartObject("pending"u8);
        Write(json, "id"u8, pending.Id.Value);
        json.WriteBase64String("protectedSecret"u8, pending.ProtectedSecret.AsSpan());
        Write(json, pending.Parameters);
        json.WriteString("issuer"u8, pending.Issuer);
        json.WriteString("accountName"u8, pending.AccountName);
        json.WriteString("startedAt"u8, pending.StartedAt);
        json.WriteString("expiresAt"u8, pending.ExpiresAt);
        json.WriteNumber("epoch"u8, pending.Epoch);
        Write(json, "burnedSteps"u8, pending.BurnedSteps);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TotpParameters parameters)
    {
        json.WriteStartObject("parameters"u8);
        Write(json, "algorithm"u8, parameters.Algorithm);
        json.WriteNumber("digits"u8, parameters.Digits);
        json.WriteNumber("periodSeconds"u8, parameters.PeriodSeconds);
        json.WriteNumber("t0"u8, parameters.T0);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BackupCodeSet codes)
    {
        json.WriteStartObject("backupCodes"u8);
        Write(json, "enrollmentId"u8, codes.EnrollmentId.Value);
        json.WriteString("generatedAt"u8, codes.GeneratedAt);
        json.WriteStartArray("hashes"u8);
        foreach (var hash in codes.Hashes) json.WriteStringValue(hash);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AttemptLedger attempts)
    {
        json.WriteStartObject("attempts"u8);
        json.WriteNumber("roundFailures"u8, attempts.RoundFailures);
        json.WriteNumber("consecutiveFailures"u8, attempts.ConsecutiveFailures);
        json.WriteNumber("lockLevel"u8, attempts.LockLevel);
        json.WriteStartArray("recentFailures"u8);
        foreach (var failure in attempts.RecentFailures) json.WriteStringValue(failure);
        json.WriteEndArray();
        Write(json, "codeLock"u8, attempts.CodeLock);
        json.WriteNumber("passwordFailures"u8, attempts.PasswordFailures);
        json.WriteNumber("passwordLockLevel"u8, attempts.PasswordLockLevel);
        Write(json, "passwordLock"u8, attempts.PasswordLock);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, AccountLock? imposed)
    {
        if (imposed is null) return;
        json.WriteStartObject(name);
        Write(json, "reason"u8, imposed.Reason);
        Write(json, "release"u8, imposed.Release);
        json.WriteString("since"u8, imposed.Since);
        if (imposed.Until is { } until) json.WriteString("until"u8, until);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Challenge challenge)
    {
        json.WriteStartObject();
        json.WriteBase64String("tokenHash"u8, challenge.TokenHash.AsSpan());
        json.WriteStartObject("method"u8);
        Write(json, "kind"u8, challenge.Method.Kind);
        if (challenge.Method.Provider is { } provider) json.WriteString("provider"u8, provider);
        json.WriteEndObject();
        json.WriteNumber("epoch"u8, challenge.Epoch);
        json.WriteString("issuedAt"u8, challenge.IssuedAt);
        json.WriteString("expiresAt"u8, challenge.ExpiresAt);
        json.WriteNumber("failures"u8, challenge.Failures);
        json.WriteBoolean("isForEnrollment"u8, challenge.IsForEnrollment);
        json.WriteBoolean("isVoid"u8, challenge.IsVoid);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TrustedDevice device)
    {
        json.WriteStartObject();
        Write(json, "id"u8, device.Id.Value);
        json.WriteBase64String("tokenHash"u8, device.TokenHash.AsSpan());
        json.WriteString("name"u8, device.Name);
        Write(json, "factor"u8, device.Factor);
        Write(json, "enrollmentId"u8, device.EnrollmentId.Value);
        json.WriteNumber("epoch"u8, device.Epoch);
        json.WriteString("trustedAt"u8, device.TrustedAt);
        json.WriteString("expiresAt"u8, device.ExpiresAt);
        json.WriteString("lastUsedAt"u8, device.LastUsedAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Relocation relocation)
    {
        json.WriteStartObject("relocation"u8);
        Write(json, "state"u8, relocation.State);
        json.WriteString("move"u8, relocation.Move);
        json.WriteString("other"u8, relocation.Other.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuditChainHead head)
    {
        json.WriteStartObject("auditHead"u8);
        json.WriteNumber("sequence"u8, head.Sequence);
        json.WriteBase64String("hash"u8, head.Hash.AsSpan());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<long> steps)
    {
        json.WriteStartArray(name);
        foreach (var step in steps) json.WriteNumberValue(step);
        json.WriteEndArray();
    }

    // 32 hexadecimal digits, as the ids write themselves.
    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Guid id)
    {
        Span<byte> digits = stackalloc byte[32];
        id.TryFormat(digits, out _, "N");
        json.WriteString(name, digits);
    }

    private static void Write<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, T value) where T : struct, Enum
    {
        if (Enum.GetName(value) is { } known) json.WriteString(name, known);
        // One that a newer version has stored.
        else json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    /// <summary>What a thread writes into again and again. It holds nothing that the store does not.</summary>
    private sealed record Scratch(ArrayBufferWriter<byte> Buffer)
    {
        // What is written here is well-formed by construction.
        private Utf8JsonWriter Json { get; } = new(Buffer, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });

        public void Deconstruct(out ArrayBufferWriter<byte> buffer, out Utf8JsonWriter json) => (buffer, json) = (Buffer, Json);
    }
}
