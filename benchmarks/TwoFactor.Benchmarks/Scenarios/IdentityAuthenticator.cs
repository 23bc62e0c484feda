using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>ASP.NET Core Identity's authenticator provider as a host calls it: through UserManager, over a store that costs nothing.</summary>
internal sealed class IdentityAuthenticator : IDisposable
{
    private readonly ServiceProvider _provider;
    private readonly UserManager<User> _users;
    private readonly User _user = new();

    public IdentityAuthenticator(string base32Key)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IUserStore<User>>(new Store(base32Key));
        services.AddIdentityCore<User>().AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider);
        _provider = services.BuildServiceProvider();
        _users = _provider.CreateScope().ServiceProvider.GetRequiredService<UserManager<User>>();
    }

    /// <summary>It tries the five steps around the current time and returns at the first match; a wrong code costs all five.</summary>
    public Task<bool> VerifyAsync(string code) => _users.VerifyTwoFactorTokenAsync(_user, TokenOptions.DefaultAuthenticatorProvider, code);

    public void Dispose() => _provider.Dispose();

    internal sealed class User;

    private sealed class Store(string key) : IUserAuthenticatorKeyStore<User>
    {
        public Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(key);

        public Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult("user-1");

        public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>("user-1");

        public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>("USER-1");

        public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
