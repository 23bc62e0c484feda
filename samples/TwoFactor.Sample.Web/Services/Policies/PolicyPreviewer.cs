using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>Asks the library what a draft would do at once and in the end, and puts both beside what is.</summary>
public sealed class PolicyPreviewer(PolicySimulationService simulation, UserDirectory users, TimeProvider time)
{
    public async Task<PolicyPreviewResult> PreviewAsync(UserId actor, OrganizationPolicy draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var now = time.GetUtcNow();
        switch (await simulation.SimulateAsync(actor, draft, now, cancellationToken: cancellationToken))
        {
            case SimulationResult.Simulated first:
                // The draft is within its ranges, so its last deadline can be reckoned.
                var settledAt = SettledAt(draft, now);
                if (await simulation.SimulateAsync(actor, draft, settledAt, cancellationToken: cancellationToken) is not SimulationResult.Simulated last)
                    return new PolicyPreviewResult.Denied();
                return new PolicyPreviewResult.Shown(await ComposeAsync(first.Report, last.Report, cancellationToken));
            case SimulationResult.Invalid invalid:
                return new PolicyPreviewResult.Invalid(invalid.Errors);
            default:
                return new PolicyPreviewResult.Denied();
        }
    }

    /// <summary>Administrators who are stopped, by name.</summary>
    public async Task<ImmutableArray<StoppedPerson>> NameAsync(IEnumerable<StoppedAdministrator> stopped, CancellationToken cancellationToken)
    {
        var list = stopped.DistinctBy(administrator => administrator.UserId).ToList();
        var names = await users.NamesAsync(list.Select(administrator => administrator.UserId.Value), cancellationToken);
        return
        [
            .. list.Select(s => new StoppedPerson(s.UserId, names.GetValueOrDefault(s.UserId.Value, s.UserId.Value), OutcomeText.Of(s.Reason)))
                .OrderBy(person => person.Name, StringComparer.Ordinal),
        ];
    }

    private async Task<PolicyPreview> ComposeAsync(SimulationReport first, SimulationReport last, CancellationToken cancellationToken) => new(
        first.Users,
        last.At,
        [
            .. Enum.GetValues<SimulatedOutcome>()
                .Select(outcome => new PreviewRow(outcome, first.CountNow(outcome), first.CountThen(outcome), last.CountThen(outcome)))
                .Where(row => row.Now + row.AtOnce + row.Settled > 0),
        ],
        last.Reported.Where(change => change.Now != change.Then).Sum(change => change.Users),
        await NameAsync(first.StoppedAdministrators.Concat(last.StoppedAdministrators), cancellationToken));

    // A member who joined after a rule began has grace from then on, so the present counts as a start as well.
    private static DateTimeOffset SettledAt(OrganizationPolicy draft, DateTimeOffset now)
    {
        var settled = now;
        foreach (var rule in draft.Rules.Where(rule => rule.Mode != EnforcementMode.Off))
        {
            var start = rule.Start > now ? rule.Start : now;
            var end = DateTimeOffset.MaxValue - rule.Grace < start ? DateTimeOffset.MaxValue : start + rule.Grace;
            if (end > settled) settled = end;
        }

        return settled;
    }
}
