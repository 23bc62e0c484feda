using System.Security.Cryptography;
using TwoFactor.Crash.Tests.Processes;

namespace TwoFactor.Crash.Tests.Recording;

/// <summary>What a person does with a node, at random, until it does not answer any more.</summary>
internal sealed class Life(Person person, INode node)
{
    /// <summary>How many tries of before are repeated after a restart.</summary>
    private const int Memory = 3;

    public async Task LiveAsync()
    {
        if (!await RepeatAsync()) return;
        while (await ActAsync()) person.GoOn();
    }

    // What was acknowledged must not succeed again; of what is not known, one more try may.
    private async Task<bool> RepeatAsync()
    {
        foreach (var attempt in person.Attempts.TakeLast(Memory).Reverse().ToArray())
        {
            if (attempt is { Order.Verb: Verb.Confirm, Answer: null, Code: SubmittedCode.OfApp first } && person.Enrollment != first.Enrollment)
            {
                if (await person.ConfirmAsync(node, first) is null) return false;
            }
            else if (attempt.Code is SubmittedCode.OfDevice device)
            {
                if (await person.BeginSignInAsync(node, device) is null) return false;
            }
            else if (person.IsStillGood(attempt.Code))
            {
                if (await person.StepUpAsync(node, attempt.Code!) is not { } answer) return false;
                if (answer.Kind == "LockedOut" && !person.SitOut(answer)) return false;
            }
        }

        person.GoOn();
        return true;
    }

    private async Task<bool> ActAsync() => person.Enrollment is null
        ? await EnrollAsync()
        : RandomNumberGenerator.GetInt32(16) switch
        {
            < 7 => await SignInAsync(),
            < 10 => await GuessAsync(),
            < 12 => await SubmitAsync(person.PaperCode() ?? Shown),
            < 13 => await ProveAsync(async proof => await person.UnregisterAsync(node, proof) is not null),
            < 14 => await ProveAsync(proof => EnrollAsync(proof)),
            _ => await ProveAsync(async proof => await person.RegenerateAsync(node, proof) is not null),
        };

    private SubmittedCode Shown => person.CodeOf(person.Enrollment!);

    private async Task<bool> EnrollAsync(params string[] proof)
    {
        if (await person.BeginEnrollmentAsync(node, proof) is not { } begun) return false;
        if (begun.Kind == "LockedOut") return person.SitOut(begun);
        if (begun.Kind != "Started") return true;
        do person.GoOn();
        while (!person.Phone.IsDistinct(begun.Values[0], person.CodeOf(begun.Values[0]).Step));
        // Two at once: one of them finds the other's authenticator, or none that waits.
        var code = person.CodeOf(begun.Values[0]);
        var answers = await Task.WhenAll(Enumerable.Range(0, RandomNumberGenerator.GetInt32(1, 3)).Select(_ => person.ConfirmAsync(node, code)));
        return answers.All(answer => answer is not null);
    }

    private async Task<bool> SignInAsync()
    {
        // A browser with a trusted device presents it, sometimes in two tabs at once, of which one comes with a token that is spent.
        var tabs = person.Device is null ? 1 : RandomNumberGenerator.GetInt32(1, 3);
        var device = person.Device;
        var begun = await Task.WhenAll(Enumerable.Range(0, tabs).Select(_ => person.BeginSignInAsync(node, device)));
        if (!Settle(begun)) return false;
        if (begun.FirstOrDefault(answer => answer!.Kind == "ChallengeRequired") is not { } challenged) return true;
        return await SubmitAsync(Shown, challenged.Values[0], trust: RandomNumberGenerator.GetInt32(2) == 0);
    }

    /// <summary>The same code up to three times at once: as a sign-in when there is one, and inside a session.</summary>
    private async Task<bool> SubmitAsync(SubmittedCode code, string? challenge = null, bool trust = false)
    {
        var tries = Enumerable.Range(0, RandomNumberGenerator.GetInt32(1, 4))
            .Select(i => challenge is not null && i % 2 == 0 ? person.SignInAsync(node, challenge, code, trust) : person.StepUpAsync(node, code));
        return Settle(await Task.WhenAll(tries));
    }

    private async Task<bool> GuessAsync() => Settle(await Task.WhenAll(
        Enumerable.Range(0, RandomNumberGenerator.GetInt32(1, 5)).Select(_ => person.StepUpAsync(node, new SubmittedCode.Guessed()))));

    private async Task<bool> ProveAsync(Func<string, Task<bool>> act)
    {
        if (await person.StepUpAsync(node, Shown) is not { } answer) return false;
        if (answer.Kind == "LockedOut") return person.SitOut(answer);
        if (answer.Kind != "Proved") return true;
        person.GoOn();
        return await act(answer.Values[0]);
    }

    private bool Settle(Answer?[] answers)
    {
        if (answers.Contains(null)) return false;
        return answers.FirstOrDefault(answer => answer!.Kind == "LockedOut") is not { } locked || person.SitOut(locked);
    }
}
