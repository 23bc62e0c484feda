using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>Which sign-in is simulated, and which users a list of them shows.</summary>
public sealed record SimulationQuery
{
    /// <summary>The greatest <see cref="PageSize"/>.</summary>
    public const int MaxPageSize = 200;

    /// <summary>How the first factor is passed. Default <see cref="SignInMethod.Password"/>.</summary>
    public SignInMethod Method { get; init; } = SignInMethod.Password;

    /// <summary>What the users sign in with. Default <see cref="ClientKind.Browser"/>.</summary>
    public ClientKind Client { get; init; } = ClientKind.Browser;

    /// <summary>In lists: only those with this outcome now, under what is saved; null for all.</summary>
    public SimulatedOutcome? Now { get; init; }

    /// <summary>In lists: only those with this outcome then, under the draft; null for all.</summary>
    public SimulatedOutcome? Then { get; init; }

    /// <summary>In lists: users on a page. 1 to 200; default 50.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= MaxPageSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PageSize), value, $"A page has 1 to {MaxPageSize} users.");
    } = 50;

    /// <summary>In lists: the user after whom the page begins; null for the first page. Users come ordered by id.</summary>
    public UserId? After { get; init; }

    internal EnforcementRequest ToEnforcement() => new() { Method = Method, Client = Client };
}
