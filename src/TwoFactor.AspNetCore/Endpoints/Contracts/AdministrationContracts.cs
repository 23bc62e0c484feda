namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>Ends the soft locks of a user.</summary>
public sealed record UnlockUserRequest
{
    /// <summary>Why; up to 1,000 characters.</summary>
    public string? Reason { get; set; }
}

/// <summary>Removes a user's authenticator, codes and trusted devices after the user's identity was verified.</summary>
public sealed record ResetUserRequest
{
    /// <summary>Why; 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>How the identity was verified; 1 to 1,000 characters.</summary>
    public required string IdentityVerification { get; init; }
}

/// <summary>An act that needs a reason and nothing else.</summary>
public sealed record ReasonRequest
{
    /// <summary>Why; 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Gives a user more grace.</summary>
public sealed record ExtendGraceRequest
{
    /// <summary>How much, in days: over 0, up to 365; fractions are allowed.</summary>
    public required double Days { get; init; }

    /// <summary>Why; 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Exempts a user from the organisation's rules for a while.</summary>
public sealed record ExemptUserRequest
{
    /// <summary>The moment from which they bind again: up to 365 days ahead; one that is past ends an exemption.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Why; 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}
