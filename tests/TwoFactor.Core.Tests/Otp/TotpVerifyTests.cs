using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp;

[TestFixture]
[Feature("E2")]
public sealed class TotpVerifyTests
{
    private const long Current = 1_000_000;

    private static readonly DateTimeOffset Now = RfcKey.MiddleOf(Current);
    private static readonly TotpParameters Default = TotpParameters.Default;

    [Test]
    [Attack(4)]
    public void The_matched_step_and_offset_are_those_of_the_code_for_every_offset_of_every_window(
        [Range(0, 10)] int past, [Values(0, 1, 5, 10)] int future)
    {
        for (var offset = -12; offset <= 12; offset++)
        {
            var result = Verify(CodeOf(Current + offset), new TotpWindow(past, future));
            var inside = offset >= -past && offset <= future;

            Assert.That(result.Outcome, Is.EqualTo(inside ? TotpOutcome.Valid : TotpOutcome.Mismatch), $"offset {offset}");
            Assert.That(result.IsValid, Is.EqualTo(inside));
            Assert.That(result.CurrentStep, Is.EqualTo(Current));
            Assert.That(result.MatchedStep, Is.EqualTo(inside ? Current + offset : 0));
            Assert.That(result.Offset, Is.EqualTo(inside ? offset : 0));
        }
    }

    [Test]
    [Attack(1)]
    public void A_code_at_or_before_the_last_accepted_step_is_replayed([Range(-1, 1)] int offset, [Range(-2, 2)] int lastAccepted)
    {
        var result = Verify(CodeOf(Current + offset), TotpWindow.Default, Current + lastAccepted);

        Assert.That(result.Outcome, Is.EqualTo(offset > lastAccepted ? TotpOutcome.Valid : TotpOutcome.Replayed));
        Assert.That(result.MatchedStep, Is.EqualTo(Current + offset), "both outcomes say which step it was");
    }

    [Test]
    [Attack(5)]
    public void An_older_code_after_a_newer_one_is_refused()
    {
        var newer = Verify(CodeOf(Current + 1), TotpWindow.Default);
        Assert.That(Verify(CodeOf(Current), TotpWindow.Default, newer.MatchedStep).Outcome, Is.EqualTo(TotpOutcome.Replayed));
    }

    [TestCase(RfcKey.TwinStep, null, TotpOutcome.Valid)]
    [TestCase(RfcKey.TwinStep + 1, null, TotpOutcome.Valid)]
    [TestCase(RfcKey.TwinStep + 1, RfcKey.TwinStep, TotpOutcome.Valid)]
    [TestCase(RfcKey.TwinStep, RfcKey.TwinStep + 1, TotpOutcome.Replayed)]
    public void The_newest_of_two_matching_steps_wins(long currentStep, long? lastAccepted, TotpOutcome outcome)
    {
        Assert.That(CodeOf(RfcKey.TwinStep), Is.EqualTo(RfcKey.TwinCode).And.EqualTo(CodeOf(RfcKey.TwinStep + 1)));

        var result = Totp.Verify(RfcKey.Bytes, RfcKey.TwinCode, RfcKey.MiddleOf(currentStep), Default, TotpWindow.Default, lastAccepted);

        Assert.That(result.Outcome, Is.EqualTo(outcome));
        Assert.That(result.MatchedStep, Is.EqualTo(RfcKey.TwinStep + 1));
    }

    [Test]
    [Attack(26)]
    public void Steps_before_the_first_are_skipped()
    {
        var atTheEpoch = DateTimeOffset.UnixEpoch;
        Assert.That(Totp.Verify(RfcKey.Bytes, CodeOf(0), atTheEpoch, Default, new TotpWindow(10, 0)).MatchedStep, Is.Zero);
        Assert.That(Totp.Verify(RfcKey.Bytes, CodeOf(0), atTheEpoch, Default, new TotpWindow(10, 0), lastAcceptedStep: 0).Outcome,
            Is.EqualTo(TotpOutcome.Replayed));
        Assert.That(Totp.Verify(RfcKey.Bytes, CodeOf(5), atTheEpoch, Default, TotpWindow.Default).Outcome, Is.EqualTo(TotpOutcome.Mismatch));
    }

    /// <summary>A negative step, written as 64 bits, would be a counter near 2^64 with a code of its own.</summary>
    [Test]
    [Attack(26)]
    public void Steps_before_the_first_do_not_wrap_to_the_largest_counters([Range(1, 10)] int before)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, RfcKey.Bytes);
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, -before);
        hmac.AppendData(counter);
        var hash = hmac.GetHashAndReset();
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        var code = (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

        var result = Totp.Verify(RfcKey.Bytes, code, DateTimeOffset.UnixEpoch, Default, new TotpWindow(10, 0));
        Assert.That(result.Outcome, Is.EqualTo(TotpOutcome.Mismatch));
        Assert.That(Totp.FindMatchingStep(RfcKey.Bytes, code, -20, 0, Default), Is.Null);
    }

    [Test]
    [Attack(26)]
    public void The_window_at_the_end_of_the_calendar_does_not_wrap()
    {
        var everySecond = Default with { PeriodSeconds = 1 };
        var last = Totp.StepAt(DateTimeOffset.MaxValue, everySecond);
        var result = Totp.Verify(RfcKey.Bytes, CodeOf(last + 10), DateTimeOffset.MaxValue, everySecond, new TotpWindow(10, 10));
        Assert.That((result.Outcome, result.Offset), Is.EqualTo((TotpOutcome.Valid, 10)));
    }

    [Test]
    [Attack(26)]
    public void A_clock_before_the_epoch_is_misuse_and_never_a_success() =>
        Assert.That(() => Totp.Verify(RfcKey.Bytes, "123456", DateTimeOffset.UnixEpoch.AddSeconds(-1), Default, TotpWindow.Default),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("now"));

    [Test]
    public void A_last_accepted_step_at_the_limit_refuses_everything([Values(long.MaxValue, Current + 1)] long last) =>
        Assert.That(Verify(CodeOf(Current), TotpWindow.Default, last).Outcome, Is.EqualTo(TotpOutcome.Replayed));

    [Test]
    public void An_uninitialised_result_is_a_failure() => Assert.That(default(TotpVerification).IsValid, Is.False);

    [Test]
    public void An_empty_key_is_misuse() =>
        Assert.That(() => Totp.Verify([], "123456", Now, Default, TotpWindow.Default),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("key"));

    [Test]
    public void Missing_parameters_are_misuse() =>
        Assert.That(() => Totp.Verify(RfcKey.Bytes, "123456", Now, null!, TotpWindow.Default), Throws.ArgumentNullException);

    private static string CodeOf(long step) => Totp.Generate(RfcKey.Bytes, step, Default);

    private static TotpVerification Verify(string code, TotpWindow window, long? last = null) =>
        Totp.Verify(RfcKey.Bytes, code, Now, Default, window, last);
}
