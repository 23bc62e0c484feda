namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>Whom an endpoint answers. There is no public one.</summary>
internal enum Access
{
    /// <summary>Who has a session of the account's present epoch.</summary>
    Session = 1,

    /// <summary>Who has a half-finished sign-in that waits for a code.</summary>
    PendingCode = 2,

    /// <summary>Who has a half-finished sign-in that waits for a set-up.</summary>
    PendingSetup = 3,

    /// <summary>Who has a half-finished sign-in, whatever it waits for.</summary>
    Pending = 4,

    /// <summary>Who has a session, or a half-finished sign-in. For what says nothing of anybody: antiforgery tokens, and pictures of what the caller sent.</summary>
    SessionOrPending = 5,
}
