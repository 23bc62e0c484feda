using NUnit.Framework;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Support;

/// <summary>What a call answered, for short assertions.</summary>
internal static class Answers
{
    public static CodeRefusal Refusal(this VerifySignInResult result) =>
        (result as VerifySignInResult.Refused)?.Refusal ?? throw new AssertionException($"Expected a refusal: {result}");

    public static CodeRefusal Refusal(this StepUpResult result) =>
        (result as StepUpResult.Refused)?.Refusal ?? throw new AssertionException($"Expected a refusal: {result}");

    public static CodeRefusal Refusal(this ConfirmEnrollmentResult result) =>
        (result as ConfirmEnrollmentResult.Refused)?.Refusal ?? throw new AssertionException($"Expected a refusal: {result}");

    public static T As<T>(this object? result) where T : class => result as T ?? throw new AssertionException($"Expected {typeof(T).Name}, got {result ?? "null"}.");
}
