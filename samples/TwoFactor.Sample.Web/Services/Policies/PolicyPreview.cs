using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>What settings that are not saved would do to the members of an organisation who sign in by password, in a browser.</summary>
/// <param name="Users">How many members there are.</param>
/// <param name="SettledAt">When the last grace period of the settings is over.</param>
/// <param name="Rows">Each outcome that occurs.</param>
/// <param name="Reported">For how many rules that only report would decide otherwise, once settled.</param>
/// <param name="Stopped">Administrators who could not sign in any more, at once or once settled.</param>
public sealed record PolicyPreview(
    long Users, DateTimeOffset SettledAt, ImmutableArray<PreviewRow> Rows, long Reported, ImmutableArray<StoppedPerson> Stopped);

/// <summary>How many members have an outcome: under what is saved, at the first sign-in after saving, and when all grace is over.</summary>
public sealed record PreviewRow(SimulatedOutcome Outcome, long Now, long AtOnce, long Settled);

/// <summary>An administrator who could not sign in.</summary>
public sealed record StoppedPerson(UserId UserId, string Name, string Why);

/// <summary>The answer to the wish for a preview. A closed hierarchy.</summary>
public abstract record PolicyPreviewResult
{
    private PolicyPreviewResult()
    {
    }

    public sealed record Shown(PolicyPreview Preview) : PolicyPreviewResult;

    public sealed record Denied : PolicyPreviewResult;

    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : PolicyPreviewResult;
}
