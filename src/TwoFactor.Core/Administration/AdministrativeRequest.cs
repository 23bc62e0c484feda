using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>Who wants to do what, where, to whom.</summary>
/// <param name="Actor">The administrator who is signed in.</param>
/// <param name="Action">What.</param>
/// <param name="Organization">Where; null in a host without organisations.</param>
/// <param name="Subject">To whom; null when it is not about one user.</param>
public sealed record AdministrativeRequest(UserId Actor, AdministrativeAction Action, OrganizationId? Organization, UserId? Subject);
