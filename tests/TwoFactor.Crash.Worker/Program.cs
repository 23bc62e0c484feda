using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Storage;

namespace TwoFactor.Crash;

/// <summary>
/// A node of an application: it reads two <see cref="Setup"/>s and then <see cref="Order"/>s, carries them out all at once, and writes an
/// <see cref="Answer"/> once a call has returned. It ends with its input, which it does with whoever started it, or by being killed.
/// </summary>
public static class Program
{
    /// <summary>What it says before its first answer.</summary>
    public const string Ready = "ready";

    // An order takes a thread while its statement is under way, and all are to be under way at once.
    private const int Threads = 48;

    // The console's own writer would hand over a long line in pieces.
    private static readonly StreamWriter s_output = new(Console.OpenStandardOutput(), bufferSize: Answer.LongestLine);

    private static async Task<int> Main()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        // The first database is there to get ready on, while another process works on the second.
        await using (await OpenAsync()) { }
        await using var services = await OpenAsync();
        if (services is null) return 1;
        var desk = new Desk(services.GetRequiredService<SignInService>(), services.GetRequiredService<EnrollmentService>());
        services.GetService<KillPlan>()?.Arm();
        Say(Ready);
        while (await Console.In.ReadLineAsync() is { } line) Carry(desk, Order.Read(line));
        return 0;
    }

    private static async Task<ServiceProvider?> OpenAsync()
    {
        if (await Console.In.ReadLineAsync() is not { } line) return null;
        var services = Services.Compose(Setup.Read(line));
        await services.GetRequiredService<IAccountStore>().LoadAsync(new UserId("nobody"), CancellationToken.None);
        return services;
    }

    // What nobody has foreseen ends the process, and with it the test.
    private static async void Carry(Desk desk, Order order)
    {
        await Task.Yield();
        Say((await desk.AnswerAsync(order)).Write());
    }

    private static void Say(string line)
    {
        lock (s_output)
        {
            s_output.WriteLine(line);
            s_output.Flush();
        }
    }
}
