using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using TwoFactor.Otp;

namespace TwoFactor.Accounts;

/// <summary>
/// Reads what <see cref="AccountWriter"/> writes, member by member in its order, because every sign-in reads one: in half the time of the
/// serializer. At anything else (a lock, a set-up that waits, a move, a member of another version, damage) it gives up and the serializer
/// reads the whole, which also says what is wrong.
/// </summary>
internal ref struct AccountReader
{
    // Behind what was read: the name of the next member, the next element, or the end of the object or list.
    private Utf8JsonReader _json;
    private bool _gaveUp;

    private AccountReader(ReadOnlySpan<byte> bytes) => _json = new Utf8JsonReader(bytes);

    /// <summary>The account; null when it is not written as usual.</summary>
    public static Account? Read(int format, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new AccountReader(bytes);
            return reader.Document(format);
        }
        // What is wrong, the serializer says.
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private Account? Document(int format)
    {
        _json.Read();
        Begin(JsonTokenType.StartObject);
        if (Int32("format"u8) != format) _gaveUp = true;
        Name("account"u8);
        Begin(JsonTokenType.StartObject);
        var account = Account();
        End(JsonTokenType.EndObject);
        if (_gaveUp || _json.TokenType != JsonTokenType.EndObject || _json.Read()) return null;
        return account;
    }

    private Account Account()
    {
        var user = String("userId"u8);
        if (!PlainText.IsIdentifier(user, UserId.MaxLength)) throw new JsonException();
        return new Account
        {
            UserId = new UserId(user),
            Epoch = Int64("epoch"u8),
            Active = Is("active"u8) ? Active() : null,
            BackupCodes = Is("backupCodes"u8) ? BackupCodes() : null,
            Attempts = Attempts(),
            Challenges = List("challenges"u8, static (ref reader) => reader.Challenge()),
            TrustedDevices = List("trustedDevices"u8, static (ref reader) => reader.Device()),
            LastSignInAt = Is("lastSignInAt"u8) ? Time("lastSignInAt"u8) : null,
            PreviousSignInAt = Is("previousSignInAt"u8) ? Time("previousSignInAt"u8) : null,
            GraceExtensions = None<GraceExtension>("graceExtensions"u8),
            Exemptions = None<GraceExemption>("exemptions"u8),
            FirstSignIns = List("firstSignIns"u8, static (ref reader) => reader.FirstSignIn()),
            Region = Is("region"u8) ? Region() : null,
            AuditHead = Is("auditHead"u8) ? AuditHead() : null,
        };
    }

    private ActiveEnrollment Active()
    {
        Name("active"u8);
        Begin(JsonTokenType.StartObject);
        var active = new ActiveEnrollment
        {
            Id = new EnrollmentId(Id("id"u8)),
            ProtectedSecret = Bytes("protectedSecret"u8),
            Parameters = Parameters(),
            Issuer = String("issuer"u8),
            AccountName = String("accountName"u8),
            ConfirmedAt = Time("confirmedAt"u8),
            LastAcceptedStep = Int64("lastAcceptedStep"u8),
            BurnedSteps = List("burnedSteps"u8, static (ref reader) => reader.Number()),
        };
        End(JsonTokenType.EndObject);
        return active;
    }

    private TotpParameters Parameters()
    {
        Name("parameters"u8);
        Begin(JsonTokenType.StartObject);
        var (algorithm, digits) = (Enum<OtpAlgorithm>("algorithm"u8), Int32("digits"u8));
        var (period, t0) = (Int32("periodSeconds"u8), Int64("t0"u8));
        End(JsonTokenType.EndObject);
        if (_gaveUp) return TotpParameters.Default;
        // What is out of range the setters refuse, which throw.
        return new TotpParameters { Algorithm = algorithm, Digits = digits, PeriodSeconds = period, T0 = t0 };
    }

    private BackupCodeSet BackupCodes()
    {
        Name("backupCodes"u8);
        Begin(JsonTokenType.StartObject);
        var codes = new BackupCodeSet
        {
            EnrollmentId = new EnrollmentId(Id("enrollmentId"u8)),
            GeneratedAt = Time("generatedAt"u8),
            Hashes = List("hashes"u8, static (ref reader) => reader.Hash()),
        };
        End(JsonTokenType.EndObject);
        return codes;
    }

    private AttemptLedger Attempts()
    {
        Name("attempts"u8);
        Begin(JsonTokenType.StartObject);
        var attempts = new AttemptLedger
        {
            RoundFailures = Int32("roundFailures"u8),
            ConsecutiveFailures = Int32("consecutiveFailures"u8),
            LockLevel = Int32("lockLevel"u8),
            RecentFailures = List("recentFailures"u8, static (ref reader) => reader.Moment()),
            PasswordFailures = Int32("passwordFailures"u8),
            PasswordLockLevel = Int32("passwordLockLevel"u8),
        };
        End(JsonTokenType.EndObject);
        return attempts;
    }

    private Challenge Challenge()
    {
        Begin(JsonTokenType.StartObject);
        var challenge = new Challenge
        {
            TokenHash = Bytes("tokenHash"u8),
            Method = Method(),
            Epoch = Int64("epoch"u8),
            IssuedAt = Time("issuedAt"u8),
            ExpiresAt = Time("expiresAt"u8),
            Failures = Int32("failures"u8),
            IsForEnrollment = Boolean("isForEnrollment"u8),
            IsVoid = Boolean("isVoid"u8),
        };
        End(JsonTokenType.EndObject);
        return challenge;
    }

    private SignInMethod Method()
    {
        Name("method"u8);
        Begin(JsonTokenType.StartObject);
        var method = new SignInMethod(Enum<SignInMethodKind>("kind"u8), Is("provider"u8) ? String("provider"u8) : null);
        End(JsonTokenType.EndObject);
        return method;
    }

    private TrustedDevice Device()
    {
        Begin(JsonTokenType.StartObject);
        var device = new TrustedDevice
        {
            Id = new TrustedDeviceId(Id("id"u8)),
            TokenHash = Bytes("tokenHash"u8),
            Name = String("name"u8),
            Factor = Enum<MfaFactorType>("factor"u8),
            EnrollmentId = new EnrollmentId(Id("enrollmentId"u8)),
            Epoch = Int64("epoch"u8),
            TrustedAt = Time("trustedAt"u8),
            ExpiresAt = Time("expiresAt"u8),
            LastUsedAt = Time("lastUsedAt"u8),
        };
        End(JsonTokenType.EndObject);
        return device;
    }

    private FirstSignIn FirstSignIn()
    {
        Begin(JsonTokenType.StartObject);
        var organization = String("organizationId"u8);
        if (!PlainText.IsIdentifier(organization, OrganizationId.MaxLength)) throw new JsonException();
        var first = new FirstSignIn(new OrganizationId(organization), String("ruleId"u8), Time("at"u8));
        End(JsonTokenType.EndObject);
        return first;
    }

    private RegionId? Region()
    {
        var name = String("region"u8);
        if (RegionId.IsValid(name)) return new RegionId(name);
        _gaveUp = true;
        return null;
    }

    private AuditChainHead AuditHead()
    {
        Name("auditHead"u8);
        Begin(JsonTokenType.StartObject);
        var head = new AuditChainHead(Int64("sequence"u8), Bytes("hash"u8));
        End(JsonTokenType.EndObject);
        return head;
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _json.TokenType == JsonTokenType.PropertyName && _json.ValueTextEquals(name);

    // On to the value of a member, which must be the next.
    private void Name(ReadOnlySpan<byte> name)
    {
        if (!Is(name)) _gaveUp = true;
        else _json.Read();
    }

    private void Begin(JsonTokenType token)
    {
        if (_gaveUp || _json.TokenType != token) _gaveUp = true;
        else _json.Read();
    }

    private void End(JsonTokenType token) => Begin(token);

    private delegate T Element<out T>(ref AccountReader reader);

    private ImmutableArray<T> List<T>(ReadOnlySpan<byte> name, Element<T> read)
    {
        Name(name);
        Begin(JsonTokenType.StartArray);
        if (!_gaveUp && _json.TokenType == JsonTokenType.EndArray)
        {
            _json.Read();
            return [];
        }

        var list = ImmutableArray.CreateBuilder<T>();
        while (!_gaveUp && _json.TokenType != JsonTokenType.EndArray) list.Add(read(ref this));
        End(JsonTokenType.EndArray);
        return list.DrainToImmutable();
    }

    // A list of what is rare.
    private ImmutableArray<T> None<T>(ReadOnlySpan<byte> name)
    {
        Name(name);
        Begin(JsonTokenType.StartArray);
        End(JsonTokenType.EndArray);
        return [];
    }

    private string String(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Text() ?? "";
    }

    private string? Hash()
    {
        if (_json.TokenType != JsonTokenType.Null) return Text();
        _json.Read();
        return null;
    }

    private string? Text() => Take(JsonTokenType.String) ? Then(_json.GetString()) : null;

    private ImmutableArray<byte> Bytes(ReadOnlySpan<byte> name)
    {
        Name(name);
        if (!Take(JsonTokenType.String)) return [];
        return Then(_json.TryGetBytesFromBase64(out var bytes), ImmutableCollectionsMarshal.AsImmutableArray(bytes));
    }

    // 32 hexadecimal digits, which no other form of a Guid has.
    private Guid Id(ReadOnlySpan<byte> name)
    {
        Name(name);
        if (!Take(JsonTokenType.String) || _json.ValueSpan.Length != 32) _gaveUp = true;
        return _gaveUp ? default : Then(Guid.TryParse(_json.ValueSpan, null, out var id), id);
    }

    private DateTimeOffset Time(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Moment();
    }

    private DateTimeOffset Moment() => Take(JsonTokenType.String) ? Then(_json.TryGetDateTimeOffset(out var time), time) : default;

    private long Int64(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Number();
    }

    private long Number() => Take(JsonTokenType.Number) ? Then(_json.TryGetInt64(out var number), number) : default;

    private int Int32(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Take(JsonTokenType.Number) ? Then(_json.TryGetInt32(out var number), number) : default;
    }

    private bool Boolean(ReadOnlySpan<byte> name)
    {
        Name(name);
        if (_json.TokenType is not (JsonTokenType.True or JsonTokenType.False)) _gaveUp = true;
        return !_gaveUp && Then(_json.GetBoolean());
    }

    private T Enum<T>(ReadOnlySpan<byte> name) where T : struct, Enum
    {
        Name(name);
        if (!Take(JsonTokenType.String)) return default;
        foreach (var (value, text) in EnumNames<T>.All)
        {
            if (_json.ValueSpan.SequenceEqual(text)) return Then(value);
        }

        _gaveUp = true;
        return default;
    }

    private bool Take(JsonTokenType token)
    {
        if (_json.TokenType != token) _gaveUp = true;
        return !_gaveUp;
    }

    private T Then<T>(T value) => Then(true, value);

    private T Then<T>(bool whole, T value)
    {
        if (!whole) _gaveUp = true;
        else _json.Read();
        return value;
    }

    private static class EnumNames<T> where T : struct, Enum
    {
        public static readonly (T Value, byte[] Text)[] All =
            [.. System.Enum.GetValues<T>().Select(value => (value, System.Text.Encoding.UTF8.GetBytes(value.ToString())))];
    }
}
