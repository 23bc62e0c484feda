using System.Diagnostics;
using System.Globalization;

namespace TwoFactor.Testing.PostgreSql;

/// <summary>The server's programs, which Debian keeps off the PATH, and the user to run them as: the server refuses to run as root.</summary>
internal static class PostgreSqlPrograms
{
    private const string Versions = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c>, <c>pg_ctl</c> and <c>psql</c> of the newest version that is installed; null without one.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(HasAll);

    /// <summary>A program to start as the user of the server.</summary>
    public static ProcessStartInfo AsServer(string program, params ReadOnlySpan<string> arguments)
    {
        if (Environment.UserName != "root") return Start(program, arguments);
        return ExternalTool.Find("setpriv") is { } setpriv
            ? Start(setpriv, ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments])
            : Start("runuser", ["-u", "postgres", "--", program, .. arguments]);
    }

    public static ProcessStartInfo Start(string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Whatever the machine sets for its own servers is not for this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        return start;
    }

    /// <summary>Runs to the end and returns what was printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static async Task<string> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)}: {await error}{await output}");
        return await output;
    }

    private static bool HasAll(string folder) => ((string[])["initdb", "pg_ctl", "psql"]).All(program => File.Exists(Path.Combine(folder, program)));

    private static IEnumerable<string> Candidates()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        if (!Directory.Exists(Versions)) yield break;
        foreach (var version in Directory.GetDirectories(Versions).OrderByDescending(Number)) yield return Path.Combine(version, "bin");
    }

    private static double Number(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
