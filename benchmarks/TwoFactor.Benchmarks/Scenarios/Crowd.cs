using System.Globalization;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Otp;
using TwoFactor.Status;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>Any number of users who are one enrolled account under many ids, with one seed.</summary>
internal sealed class Crowd : IDisposable
{
    private const int Digits = 7;

    private readonly byte[] _waiting, _signedIn;

    private Crowd(OnePlaceProtector protector, OtpSecret secret, Account waiting, Account signedIn)
    {
        (Protector, Secret, Keys) = (protector, secret, UserListKeys.Of(signedIn));
        (_waiting, _signedIn) = (AccountSerializer.Serialize(waiting), AccountSerializer.Serialize(signedIn));
    }

    public OnePlaceProtector Protector { get; }

    private OtpSecret Secret { get; }

    /// <summary>The seed, for the caller to dispose of.</summary>
    public OtpSecret CopySecret() => OtpSecret.FromBytes(Secret.Bytes);

    /// <summary>The columns beside the account, the same for everybody.</summary>
    public UserListKeys Keys { get; }

    public static UserId Member(int number) => new(Name(number));

    public static async Task<Crowd> CreateAsync()
    {
        var protector = new OnePlaceProtector();
        await using var host = await SignInHost.CreateAsync(Name(0), protector: protector);
        await host.SignInAsync();
        await host.SignInAsync(); // a previous sign-in is known from the second on
        var signedIn = await host.LoadAsync();
        _ = await host.BeginAsync();
        return new Crowd(protector, host.CopySecret(), await host.LoadAsync(), signedIn);
    }

    /// <summary>The account of a member as the store keeps it while a sign-in waits for its code.</summary>
    public byte[] WaitingDataOf(int number) => Of(number, _waiting);

    /// <summary>The account of a member as the store keeps it between two sign-ins.</summary>
    public byte[] DataOf(int number) => Of(number, _signedIn);

    public void Dispose()
    {
        Secret.Dispose();
        Protector.Dispose();
    }

    private static byte[] Of(int number, byte[] template)
    {
        var data = (byte[])template.Clone();
        var id = Encoding.UTF8.GetBytes(Name(0));
        number.TryFormat(data.AsSpan(data.AsSpan().IndexOf(id) + id.Length - Digits, Digits), out _, "D7", CultureInfo.InvariantCulture);
        return data;
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number:D7}");
}
