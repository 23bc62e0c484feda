using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TwoFactor.Testing.PostgreSql;

/// <summary>
/// A PostgreSQL server of the tests' own: a free port on the loopback address, a data folder of its own, small, and as durable as a real
/// one. Its default collation sorts as people do, unlike ordinals, so that nothing can lean on the default. It is stopped when it is
/// disposed of, and by a guard process when the tests' process ends in any other way.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private readonly string _programs;
    private readonly string _password;
    private readonly bool _keep;
    private Process? _guard;
    private int _databases;

    private PostgreSqlCluster(string programs, string folder, bool keep)
    {
        (_programs, Folder, _keep) = (programs, folder, keep);
        var remembered = Path.Combine(folder, "password");
        _password = File.Exists(remembered) ? File.ReadAllText(remembered).Trim() : Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>True when the server's programs are on this machine.</summary>
    public static bool IsInstalled => PostgreSqlPrograms.Folder is not null;

    /// <summary>The folder with everything of this cluster.</summary>
    public string Folder { get; }

    /// <summary>The port on 127.0.0.1. It stays the same when the server is restarted.</summary>
    public int Port { get; private set; }

    private string Data => Path.Combine(Folder, "data");

    /// <summary>Skips the running test when the server is not installed; with <c>CI=true</c> fails it. See <see cref="ExternalTool.Require(string)"/>.</summary>
    public static void Require() => ExternalTool.Require("postgresql", IsInstalled);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="folder">
    /// Where its data is and stays: a cluster that is there already is started again, with whatever recovery it needs. Null for a folder that
    /// is made for it and deleted with it.
    /// </param>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; the message has its log.</exception>
    public static async Task<PostgreSqlCluster> StartAsync(string? folder = null)
    {
        var programs = PostgreSqlPrograms.Folder ?? throw new InvalidOperationException("PostgreSQL is not installed (Debian package postgresql).");
        var home = folder is null ? Directory.CreateTempSubdirectory("two-factor-postgresql-").FullName : Directory.CreateDirectory(folder).FullName;
        var cluster = new PostgreSqlCluster(programs, home, keep: folder is not null);
        try
        {
            if (!Directory.Exists(cluster.Data)) await cluster.InitializeAsync();
            await cluster.StartServerAsync();
            cluster.StartGuard();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database, and returns its connection string for Npgsql.</summary>
    /// <param name="template">A database to copy, which nobody is connected to; null for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"db_{Interlocked.Increment(ref _databases)}_{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}";
        await ExecuteAsync($"""CREATE DATABASE "{name}"{(template is null ? "" : $" TEMPLATE \"{template}\"")}""");
        return ConnectionString(name);
    }

    /// <summary>The connection string of a database, for Npgsql.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Password={_password};Database={database};Maximum Pool Size=20;Timeout=60;Command Timeout=120";

    /// <summary>Executes SQL as superuser by <c>psql</c> and returns what it prints, a line for each row and <c>|</c> between columns.</summary>
    public async Task<string> ExecuteAsync(string sql, string database = "postgres")
    {
        var start = PostgreSqlPrograms.Start(
            Path.Combine(_programs, "psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
            $"--port={Port}", "--username=postgres", $"--dbname={database}", $"--command={sql}");
        start.Environment["PGPASSWORD"] = _password;
        return (await PostgreSqlPrograms.RunAsync(start)).TrimEnd('\n');
    }

    /// <summary>Stops the server at once, as after a loss of power: nothing is written any more, and the next start recovers from the log.</summary>
    public Task StopImmediateAsync() => ControlAsync("stop", "-m", "immediate");

    /// <summary>Stops the server and ends all its connections; everything is written first.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "fast");

    /// <summary>Starts the server again on its port, stopping it at once first if it still runs; waits until it answers.</summary>
    public async Task RestartAsync()
    {
        if (await IsRunningAsync()) await StopImmediateAsync();
        await ControlAsync("start", "-w", "-t", "120", "-l", Path.Combine(Folder, "log"));
    }

    public async ValueTask DisposeAsync()
    {
        if (await IsRunningAsync()) await StopImmediateAsync();
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
            _guard = null;
        }

        if (!_keep && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        var password = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(password, _password);
        if (Environment.UserName == "root") await PostgreSqlPrograms.RunAsync(PostgreSqlPrograms.Start("chown", "-R", "postgres:postgres", Folder));
        // A half-made cluster is of no use to anybody, so its files need not survive a crash; everything later does.
        await RunAsync("initdb", "--pgdata", Data, "--username=postgres", "--auth=scram-sha-256", $"--pwfile={password}", "--encoding=UTF8",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--no-sync");
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), """

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 300
            shared_buffers = 32MB
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            jit = off
            """);
    }

    private async Task StartServerAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            await File.WriteAllTextAsync(Path.Combine(Data, "postgresql.auto.conf"), $"port = {Port}\n");
            try
            {
                await RestartAsync();
                return;
            }
            // Somebody else may have taken the port in between.
            catch (InvalidOperationException e) when (attempt < 3 && e.Message.Contains("Address already in use", StringComparison.Ordinal))
            {
            }
        }
    }

    // Reads until its input ends, which it does with this process, whatever ends it.
    private void StartGuard()
    {
        var script = """trap : INT TERM HUP; read -r line; "$0" stop -s -m immediate -D "$1" 2>/dev/null; [ "$2" = keep ] || rm -rf "$3" """;
        var start = PostgreSqlPrograms.AsServer("/bin/sh", "-c", script, Path.Combine(_programs, "pg_ctl"), Data, _keep ? "keep" : "remove", Folder);
        start.WorkingDirectory = "/";
        (start.RedirectStandardOutput, start.RedirectStandardError) = (false, false);
        _guard = Process.Start(start) ?? throw new InvalidOperationException("The guard of the PostgreSQL server did not start.");
    }

    private async Task<bool> IsRunningAsync()
    {
        if (!File.Exists(Path.Combine(Data, "postmaster.pid"))) return false;
        try
        {
            await ControlAsync("status");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private Task ControlAsync(string command, params ReadOnlySpan<string> more) => RunAsync("pg_ctl", [command, "-s", "-D", Data, .. more]);

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = PostgreSqlPrograms.AsServer(Path.Combine(_programs, program), arguments);
        start.WorkingDirectory = "/";
        try
        {
            await PostgreSqlPrograms.RunAsync(start);
        }
        catch (InvalidOperationException e) when (File.Exists(Path.Combine(Folder, "log")))
        {
            throw new InvalidOperationException($"{e.Message}\n{await File.ReadAllTextAsync(Path.Combine(Folder, "log"))}", e);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
