using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>What lists show of a user. It is the host's knowledge.</summary>
/// <param name="Id">The user.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record DirectoryUser(UserId Id, string Name, string Email);
