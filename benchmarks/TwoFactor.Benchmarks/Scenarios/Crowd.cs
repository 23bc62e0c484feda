using System.Globalization;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Otp;
using TwoFactor.Status;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>Any number of users who are one enrolled account under many ids, with one seed.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly byte[] _template;
    private readonly int _digits;

    private Crowd(OnePlaceProtector protector, OtpSecret secret, Account account)
    {
        (Protector, Secret, Keys) = (protector, secret, UserListKeys.Of(account));
        _template = AccountSerializer.Serialize(account);
        var id = Encoding.UTF8.GetBytes(account.UserId.Value);
        _digits = _template.AsSpan().IndexOf(id) + id.Length - 7;
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
        await host.SignInAsync();
        return new Crowd(protector, host.CopySecret(), await host.LoadAsync());
    }

    /// <summary>The account of a member as the store keeps it.</summary>
    public byte[] DataOf(int number)
    {
        var data = (byte[])_template.Clone();
        number.TryFormat(data.AsSpan(_digits, 7), out _, "D7", CultureInfo.InvariantCulture);
        return data;
    }

    public void Dispose()
    {
        Secret.Dispose();
        Protector.Dispose();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number:D7}");
}
