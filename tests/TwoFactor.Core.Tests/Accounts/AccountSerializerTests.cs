using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Otp;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Accounts;

public sealed class AccountSerializerTests
{
    [Test]
    public void What_was_written_is_read_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(Accounts), account =>
        {
            var bytes = AccountSerializer.Serialize(account);
            var read = AccountSerializer.Deserialize(bytes);
            return read.UserId == account.UserId && read.Epoch == account.Epoch && read.Attempts.CodeLock == account.Attempts.CodeLock
                && read.Active?.Parameters == account.Active?.Parameters && read.LastSignInAt == account.LastSignInAt
                && read.Challenges.Length == account.Challenges.Length && read.TrustedDevices.Length == account.TrustedDevices.Length && Same<string?>(read.BackupCodes?.Hashes, account.BackupCodes?.Hashes)
                && Same<byte>(read.Active?.ProtectedSecret, account.Active?.ProtectedSecret) && Same<long>(read.Active?.BurnedSteps, account.Active?.BurnedSteps)
                && Same<DateTimeOffset>(read.Attempts.RecentFailures, account.Attempts.RecentFailures)
                // The rest by its bytes: the second writing is the first to the letter.
                && AccountSerializer.Serialize(read).AsSpan().SequenceEqual(bytes);
        }));

    [Test]
    public void It_is_written_as_the_serializer_that_reads_it_would_write_it_to_the_letter()
    {
        var serializer = new AccountJsonContext(new JsonSerializerOptions(AccountJsonContext.Default.Options) { Encoder = AccountWriter.Encoder });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Accounts), account =>
        {
            var document = new AccountDocument(AccountSerializer.CurrentFormat, account);
            return AccountSerializer.Serialize(account).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(document, serializer.AccountDocument));
        }));
    }

    [Test]
    public void What_is_read_member_by_member_is_what_the_serializer_reads()
    {
        var usual = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.OneOf(Accounts, Accounts.Select(Usual))), account =>
        {
            var bytes = AccountSerializer.Serialize(account);
            if (AccountReader.Read(AccountSerializer.CurrentFormat, bytes) is not { } read) return !IsUsual(account);
            usual++;
            return IsUsual(account) && SameAsBySerializer(read, bytes);
        }));
        Assert.That(usual, Is.GreaterThan(100));
    }

    [Test]
    public async Task A_real_account_between_two_sign_ins_and_in_one_is_read_member_by_member()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.MustSignInAsync(ada);
        foreach (var begins in (bool[])[false, true])
        {
            if (begins) await host.PassPasswordAsync(ada);
            var bytes = AccountSerializer.Serialize(await host.StoredAsync(ada.Id));
            var read = AccountReader.Read(AccountSerializer.CurrentFormat, bytes);
            Assert.That(read, Is.Not.Null);
            Assert.That(SameAsBySerializer(read!, bytes), Is.True);
            Assert.That(AccountReader.Read(AccountSerializer.CurrentFormat + 1, bytes), Is.Null);
        }
    }

    [Test]
    public async Task What_is_damaged_is_never_read_otherwise_than_the_serializer_reads_it()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.MustSignInAsync(ada);
        await host.PassPasswordAsync(ada);
        var whole = AccountSerializer.Serialize((await host.StoredAsync(ada.Id)) with { Region = new RegionId("eu") });
        Assert.That(AccountReader.Read(AccountSerializer.CurrentFormat, whole), Is.Not.Null);
        var read = 0;
        for (var i = 0; i < whole.Length; i++)
        {
            foreach (var damage in "\0\"{}[]0-9nxtA \u00FF\\")
            {
                var damaged = (byte[])whole.Clone();
                damaged[i] = (byte)damage;
                if (AccountReader.Read(AccountSerializer.CurrentFormat, damaged) is not { } account) continue;
                read++;
                Assert.That(SameAsBySerializer(account, damaged), Is.True, $"byte {i} is '{damage}'");
            }
        }

        Assert.That(read, Is.GreaterThan(whole.Length), "Many a digit can be another.");
    }

    // What only the serializer reads.
    private static bool IsUsual(Account account) => account is
    {
        Pending: null, Relocation: null, GraceExtensions.Length: 0, Exemptions.Length: 0, Attempts: { CodeLock: null, PasswordLock: null },
    };

    private static Account Usual(Account account) => account with
    {
        Pending = null, Relocation = null, GraceExtensions = [], Exemptions = [], Attempts = account.Attempts with { CodeLock = null, PasswordLock = null },
    };

    private static bool SameAsBySerializer(Account read, byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, AccountJsonContext.Default.AccountDocument) is { Format: AccountSerializer.CurrentFormat, Account: { } account }
            && AccountSerializer.Serialize(read).AsSpan().SequenceEqual(AccountSerializer.Serialize(account));

    [Test]
    public void The_generated_accounts_have_each_member_set_now_and_then()
    {
        var written = Accounts.Sample(500).SelectMany(account => MembersOf(JsonDocument.Parse(AccountSerializer.Serialize(account)).RootElement, "")).ToHashSet();
        var known = MembersOf(typeof(Account), ".account").ToHashSet();
        Assert.That(known, Does.Contain(".account.active.parameters.t0").And.Contains(".account.attempts.codeLock.until"));
        Assert.That(known.Except(written), Is.Empty);
    }

    [Test]
    public async Task A_long_account_is_written_whole_and_the_next_one_by_itself()
    {
        using var host = TestHost.Start();
        var account = await host.StoredAsync((await host.EnrollAsync()).Id);
        var once = AccountSerializer.Serialize(account);
        var grown = account with { FirstSignIns = [.. Enumerable.Range(0, 20_000).Select(i => new FirstSignIn(new OrganizationId("acme"), $"rule-{i}", DateTimeOffset.UnixEpoch))] };
        Assert.That(AccountSerializer.Deserialize(AccountSerializer.Serialize(grown)).FirstSignIns, Has.Length.EqualTo(20_000));
        Assert.That(AccountSerializer.Serialize(account), Is.EqualTo(once));
    }

    [Test]
    public void After_an_account_that_cannot_be_written_the_next_one_can()
    {
        var account = Account.NewFor(new UserId("ada"));
        var once = AccountSerializer.Serialize(account);
        Assert.That(() => AccountSerializer.Serialize(account with { Region = default(RegionId) }), Throws.InvalidOperationException);
        Assert.That(AccountSerializer.Serialize(account), Is.EqualTo(once));
    }

    [Test]
    public async Task A_real_account_at_every_stage_of_its_life_goes_through_the_store_as_bytes()
    {
        using var host = TestHost.Start();
        host.Store.Tamper = (_, stored) =>
            stored with { Account = stored.Account is { } account ? AccountSerializer.Deserialize(AccountSerializer.Serialize(account)) : null };
        var ada = await host.EnrollAsync();
        await host.MustSignInAsync(ada);
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        host.Clock.SetTo((await host.GuessUntilLockedAsync(ada)).Until!.Value);
        await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
        await host.MustSignInAsync(ada);
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call");
        await host.MustSignInAsync(await host.EnrollAsync());
    }

    [Test]
    public void A_newer_format_is_refused_and_says_so()
    {
        var text = Encoding.UTF8.GetString(AccountSerializer.Serialize(Account.NewFor(new UserId("ada"))));
        var newer = text.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal);
        Assert.That(newer, Is.Not.EqualTo(text));
        Assert.That(() => AccountSerializer.Deserialize(Encoding.UTF8.GetBytes(newer)), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("newer"));
    }

    [Test]
    public async Task Damaged_bytes_are_an_InvalidDataException_or_an_account_and_nothing_else()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.PassPasswordAsync(ada);
        await host.GuessUntilLockedAsync(ada);
        await host.BeginEnrollmentAsync(new UserId("ben"));
        var whole = AccountSerializer.Serialize(await host.StoredAsync(ada.Id));
        for (var length = 0; length < whole.Length; length++)
            Assert.That(() => AccountSerializer.Deserialize(whole.AsSpan(0, length)), Throws.InstanceOf<InvalidDataException>(), $"the first {length} bytes");
        for (var i = 0; i < whole.Length; i++)
        {
            foreach (var damage in "\0\"{}[]0-9nx\u00FF")
            {
                var damaged = (byte[])whole.Clone();
                damaged[i] = (byte)damage;
                try
                {
                    AccountSerializer.Deserialize(damaged);
                }
                catch (InvalidDataException)
                {
                    // What it shall be.
                }
            }
        }
    }

    [TestCase(""), TestCase("null"), TestCase("{}"), TestCase("[]"), TestCase("7"), TestCase("{\"format\":1}"), TestCase("{\"format\":1,\"account\":null}")]
    [TestCase("{\"format\":1,\"account\":{}}"), TestCase("{\"format\":1,\"account\":{\"userId\":null}}"), TestCase("{\"format\":1,\"account\":{\"userId\":7}}")]
    [TestCase("{\"format\":1,\"account\":{\"userId\":\"\"}}"), TestCase("{\"format\":1,\"account\":{\"userId\":\"a\",\"attempts\":null}}")]
    [TestCase("{\"format\":1,\"account\":{\"userId\":\"a\",\"challenges\":[null]}}"), TestCase("{\"format\":1,\"account\":{\"userId\":\"a\",\"epoch\":1e400}}")]
    [TestCase("{\"format\":1,\"account\":{\"userId\":\"a\",\"trustedDevices\":[null]}}")]
    [TestCase("{\"format\":\"1\",\"account\":{\"userId\":\"a\"}}"), TestCase("<account/>")]
    public void Bytes_that_are_no_account_are_an_InvalidDataException(string text) =>
        Assert.That(() => AccountSerializer.Deserialize(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void Nesting_without_end_is_an_InvalidDataException() =>
        Assert.That(() => AccountSerializer.Deserialize(Encoding.UTF8.GetBytes(new string('[', 100_000))), Throws.InstanceOf<InvalidDataException>());

    // The paths of the members of a document; the elements of a list are one.
    private static IEnumerable<string> MembersOf(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => MembersOf(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array when element.EnumerateArray().Any() => element.EnumerateArray().SelectMany(item => MembersOf(item, path)),
        _ => [path],
    };

    // The same of a type, as the serializer knows it.
    private static IEnumerable<string> MembersOf(Type type, string path)
    {
        var known = AccountJsonContext.Default.GetTypeInfo(type)!;
        return known.Kind switch
        {
            JsonTypeInfoKind.Object => known.Properties.Where(property => property.Get is not null).SelectMany(property => MembersOf(property.PropertyType, $"{path}.{property.Name}")),
            JsonTypeInfoKind.Enumerable => MembersOf(known.ElementType!, path),
            _ => [path],
        };
    }

    private static bool Same<T>(ImmutableArray<T>? a, ImmutableArray<T>? b) => a is null ? b is null : b is not null && a.Value.SequenceEqual(b.Value);

    private static readonly Gen<DateTimeOffset> Times = Gen.Choose(0, int.MaxValue).Select(s => DateTimeOffset.FromUnixTimeSeconds(s).AddTicks(s % 10_000_000));
    private static readonly Gen<ImmutableArray<byte>> Bytes = Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf().Select(a => a.ToImmutableArray());
    private static readonly Gen<EnrollmentId> Ids = Gen.ArrayOf(Gen.Choose(0, 255), 16).Select(a => new EnrollmentId(new Guid([.. a.Select(i => (byte)i)])));
    private static readonly Gen<UserId> Users = Gen.Elements("ada", "ада", "a b", "\"quoted\"", "\U0001F600", "\uFF5E", "<&>", "\\u0000").Select(s => new UserId(s));
    private static readonly Gen<string> Texts = Gen.Elements("Acme", "Акме", "\"", "\\", "\U0001F510", "a/b", "a&b<c>");

    private static readonly Gen<TotpParameters> Parameters =
        from algorithm in Gen.Elements(Enum.GetValues<OtpAlgorithm>())
        from digits in Gen.Choose(6, 8)
        from period in Gen.Choose(1, 300)
        from t0 in Gen.Choose(0, int.MaxValue)
        select new TotpParameters { Algorithm = algorithm, Digits = digits, PeriodSeconds = period, T0 = t0 };

    private static readonly Gen<AccountLock> Locks =
        from reason in Gen.Elements([.. Enum.GetValues<LockReason>(), (LockReason)99])
        from release in Gen.Elements(Enum.GetValues<LockRelease>())
        from since in Times
        from until in Times
        select new AccountLock(reason, release, since, release == LockRelease.AtTime ? until : null);

    private static readonly Gen<ActiveEnrollment> Actives =
        from id in Ids
        from secret in Bytes
        from parameters in Parameters
        from issuer in Texts
        from name in Texts
        from at in Times
        from burned in Gen.Choose(0, int.MaxValue).Select(i => (long)i * 7).ArrayOf()
        select new ActiveEnrollment
        {
            Id = id, ProtectedSecret = secret, Parameters = parameters, Issuer = issuer, AccountName = name,
            ConfirmedAt = at, LastAcceptedStep = at.Ticks, BurnedSteps = [.. burned],
        };

    private static readonly Gen<PendingEnrollment> Pendings =
        from active in Actives
        from until in Times
        select new PendingEnrollment
        {
            Id = active.Id, ProtectedSecret = active.ProtectedSecret, Parameters = active.Parameters, Issuer = active.Issuer, AccountName = active.AccountName,
            StartedAt = active.ConfirmedAt, ExpiresAt = until, Epoch = until.Ticks, BurnedSteps = active.BurnedSteps,
        };

    private static readonly Gen<Challenge> Challenges =
        from hash in Bytes
        from method in Gen.Elements(SignInMethod.Password, SignInMethod.MagicLink, SignInMethod.Sso, SignInMethod.External("Slack \"x\""))
        from at in Times
        from isVoid in Gen.Elements(true, false)
        select new Challenge
        {
            TokenHash = hash, Method = method, Epoch = at.Ticks, IssuedAt = at, ExpiresAt = at.AddMinutes(5), Failures = at.Second, IsVoid = isVoid,
            IsForEnrollment = at.Minute % 2 == 0,
        };

    private static readonly Gen<TrustedDevice> Devices =
        from hash in Bytes
        from ids in Gen.ArrayOf(Ids, 2)
        from name in Texts
        from at in Times
        from factor in Gen.Elements(Enum.GetValues<MfaFactorType>())
        select new TrustedDevice
        {
            Id = new TrustedDeviceId(ids[0].Value), TokenHash = hash, Name = name, Factor = factor, EnrollmentId = ids[1], Epoch = at.Ticks,
            TrustedAt = at, ExpiresAt = at.AddDays(7), LastUsedAt = at.AddDays(1),
        };

    private static readonly Gen<AttemptLedger> Ledgers =
        from counts in Gen.ArrayOf(Gen.Choose(0, 100), 5)
        from recent in Times.ArrayOf()
        from code in Locks.OrNull()
        from password in Locks.OrNull()
        select new AttemptLedger
        {
            RoundFailures = counts[0], ConsecutiveFailures = counts[1], LockLevel = counts[2], PasswordFailures = counts[3], PasswordLockLevel = counts[4],
            RecentFailures = [.. recent], CodeLock = code, PasswordLock = password,
        };

    private static readonly Gen<BackupCodeSet> CodeSets =
        from id in Ids
        from at in Times
        from hashes in Gen.Elements(null, "$argon2id$v=19$m=7168,t=1,p=1$AAAA$BBBB", "x").ArrayOf()
        select new BackupCodeSet { EnrollmentId = id, GeneratedAt = at, Hashes = [.. hashes] };

    private static readonly Gen<Account> Accounts =
        from user in Users
        from active in Actives.OrNull()
        from pending in Pendings.OrNull()
        from codes in CodeSets.OrNull()
        from ledger in Ledgers
        from challenges in Challenges.ArrayOf()
        from devices in Devices.ArrayOf()
        from at in Times
        from head in Bytes.Select(hash => new AuditChainHead(hash.Length, hash)).OrNull()
        from organization in Gen.Elements("acme", "Акме <b>").Select(name => new OrganizationId(name))
        from grace in Gen.Choose(0, 3)
        from states in Gen.ArrayOf(Gen.Elements(Enum.GetValues<RelocationState>()))
        from move in Ids
        select new Account
        {
            UserId = user, Epoch = at.Ticks, Active = active, Pending = pending, BackupCodes = codes, Attempts = ledger, Challenges = [.. challenges], TrustedDevices = [.. devices],
            LastSignInAt = active is null ? null : at, PreviousSignInAt = pending is null ? null : at, AuditHead = head,
            GraceExtensions = [.. Enumerable.Range(0, grace).Select(i => new GraceExtension(organization, TimeSpan.FromTicks(at.Ticks / (i + 1))))],
            Exemptions = [.. Enumerable.Range(0, grace).Select(i => new GraceExemption(organization, at.AddDays(i)))],
            FirstSignIns = [.. Enumerable.Range(0, grace).Select(i => new FirstSignIn(organization, $"rule <{i}>", at))],
            Region = active is null ? null : new RegionId("eu-1"),
            Relocation = states.Length == 0 ? null : new Relocation(states[0], move.Value, new RegionId("us")),
        };
}
