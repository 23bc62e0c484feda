using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Attacks by parallel requests on the public services. The tests of <see cref="ServiceRaceChecks"/> on a store that the deriving class gives.</summary>
[Feature("X1")]
public abstract class AccountServiceRaces : StoreFixture
{
    [Test]
    [Attack(2)]
    public Task One_code_submitted_in_parallel_signs_in_once() => RunAsync(ServiceRaceChecks.One_code_submitted_in_parallel_signs_in_once);

    [Test]
    [Attack(7)]
    public Task One_backup_code_in_many_sessions_signs_in_once() => RunAsync(ServiceRaceChecks.One_backup_code_in_many_sessions_signs_in_once);

    [Test]
    [Attack(8)]
    public Task No_lost_update_revives_a_spent_backup_code() => RunAsync(ServiceRaceChecks.No_lost_update_revives_a_spent_backup_code);

    [Test]
    [Attack(10)]
    public Task Parallel_guesses_do_not_overrun_the_limit() => RunAsync(ServiceRaceChecks.Parallel_guesses_do_not_overrun_the_limit);

    [Test]
    [Attack(19)]
    public Task Of_many_confirmations_one_wins() => RunAsync(ServiceRaceChecks.Of_many_confirmations_one_wins);
}
