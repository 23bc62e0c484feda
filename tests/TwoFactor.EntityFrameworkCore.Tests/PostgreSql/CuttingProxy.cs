using System.Net;
using System.Net.Sockets;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Where a connection is cut.</summary>
public enum Cut
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The statement does not reach the server.</summary>
    BeforeTheStatement,

    /// <summary>A part of the statement reaches the server.</summary>
    InsideTheStatement,

    /// <summary>The statement reaches the server, and its answer is lost: it is committed, and the caller cannot know.</summary>
    BeforeTheAnswer,

    /// <summary>A part of the answer comes back.</summary>
    InsideTheAnswer,
}

/// <summary>A wire between the store and the server that can be cut at a chosen point. It listens on the loopback address.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly byte[] _marker;
    private readonly Task _accepting;
    private int _cut;
    private int _position;

    /// <param name="server">The server's port.</param>
    /// <param name="marker">What the statement that is cut has in it.</param>
    public CuttingProxy(int server, byte[] marker)
    {
        (_server, _marker) = (server, marker);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the connection of the next statement with the marker, so many bytes into the part it names.</summary>
    public void Arm(Cut cut, int position = 0)
    {
        _position = position;
        Volatile.Write(ref _cut, (int)cut);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (SocketException)
            {
                return;
            }

            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var wire = new Wire(client.GetStream(), server.GetStream());
            await Task.WhenAny(UpAsync(wire), DownAsync(wire));
        }
    }

    private async Task UpAsync(Wire wire)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await ReadAsync(wire.Client, buffer)) > 0;)
        {
            var armed = (Cut)Volatile.Read(ref _cut);
            if (armed != Cut.None && buffer.AsSpan(0, read).IndexOf(_marker) >= 0)
            {
                Volatile.Write(ref _cut, (int)Cut.None);
                Cuts++;
                if (armed == Cut.BeforeTheStatement) return;
                if (armed == Cut.InsideTheStatement)
                {
                    await wire.Server.WriteAsync(buffer.AsMemory(0, Math.Min(read - 1, 1 + _position)));
                    return;
                }

                wire.AnswerBytes = armed == Cut.BeforeTheAnswer ? 0 : 1 + _position;
            }

            if (!await WriteAsync(wire.Server, buffer.AsMemory(0, read))) return;
        }
    }

    private static async Task DownAsync(Wire wire)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await ReadAsync(wire.Server, buffer)) > 0;)
        {
            if (wire.AnswerBytes is { } left)
            {
                await WriteAsync(wire.Client, buffer.AsMemory(0, Math.Min(left, read - 1)));
                return;
            }

            if (!await WriteAsync(wire.Client, buffer.AsMemory(0, read))) return;
        }
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static async Task<bool> WriteAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class Wire(NetworkStream client, NetworkStream server)
    {
        public NetworkStream Client => client;

        public NetworkStream Server => server;

        /// <summary>How many bytes of the answer still pass; null for all.</summary>
        public int? AnswerBytes { get; set; }
    }
}
