using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Cryptography;

[Attack(30)]
public class Argon2LimitsTests
{
    private static readonly Argon2Parameters s_least = new() { MemoryKiB = 7168, Iterations = 1, TagLength = 16 };
    private static readonly Argon2Parameters s_most = new()
    {
        MemoryKiB = 65_536, Iterations = 16, Parallelism = 16, TagLength = 64, SaltLength = 48,
    };


    [Test]
    public void The_floor_the_default_and_the_ceiling_are_allowed() => Assert.Multiple(() =>
    {
        Assert.That(Argon2Limits.Default.Allows(s_least), Is.True);
        Assert.That(Argon2Limits.Default.Allows(Argon2Parameters.Default), Is.True);
        Assert.That(Argon2Limits.Default.Allows(s_most), Is.True);
    });

    [Test]
    public void One_below_the_floor_is_refused() => Assert.Multiple(() =>
    {
        Refused(s_least with { MemoryKiB = 7167 });
        Refused(s_least with { TagLength = 15 });
        Refused(s_least with { SaltLength = 15 });
    });

    [Test]
    public void One_above_the_ceiling_is_refused() => Assert.Multiple(() =>
    {
        Refused(s_most with { MemoryKiB = 65_537 });
        Refused(s_most with { Iterations = 17 });
        Refused(s_most with { Parallelism = 17 });
    });

    private static void Refused(Argon2Parameters parameters) =>
        Assert.That(Argon2Limits.Default.Allows(parameters), Is.False, parameters.ToString);
}
