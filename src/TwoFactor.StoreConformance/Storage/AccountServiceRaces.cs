using NUnit.Framework;
using TwoFactor.StoreConformance.Attacks;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// Attacks on the public services over a store, most of them by parallel requests. The property <c>Attack</c> is the row of
/// <c>docs/threat-model.md</c>. Rows 9 and 11 concern what a store shares with its host, and are tested with the store that shares it.
/// </summary>
[Category(Soak.Category)]
[Feature("X1")]
public abstract class AccountServiceRaces : StoreFixture
{
    [Test]
    [Attack(2)]
    public Task One_code_submitted_in_parallel_signs_in_once() =>
        RepeatAsync(ReplayChecks.One_code_submitted_in_parallel_signs_in_once);

    [Test]
    [Attack(1)]
    public Task A_code_spent_in_one_call_is_spent_in_all() =>
        RepeatAsync(ReplayChecks.A_code_spent_in_one_call_is_spent_in_all);

    [Test]
    [Attack(3)]
    public Task All_spellings_of_a_code_together_sign_in_once() =>
        RepeatAsync(ReplayChecks.All_spellings_of_a_code_together_sign_in_once);

    [Test]
    [Attack(4)]
    public Task The_step_that_matched_is_the_step_recorded() =>
        RepeatAsync(ReplayChecks.The_step_that_matched_is_the_step_recorded);

    [Test]
    [Attack(5)]
    public Task An_older_code_is_refused_after_a_newer_one() =>
        RepeatAsync(ReplayChecks.An_older_code_is_refused_after_a_newer_one);

    [Test]
    [Attack(6)]
    public Task A_code_in_flight_while_the_authenticator_is_removed_gives_nothing() =>
        RepeatAsync(ReplayChecks.A_code_in_flight_while_the_authenticator_is_removed_gives_nothing);

    [Test]
    [Attack(7)]
    public Task One_backup_code_in_many_sessions_signs_in_once() =>
        RepeatAsync(BackupCodeChecks.One_backup_code_in_many_sessions_signs_in_once);

    [Test]
    [Attack(8)]
    public Task No_lost_update_revives_a_spent_backup_code() =>
        RepeatAsync(BackupCodeChecks.No_lost_update_revives_a_spent_backup_code);

    [Test]
    [Attack(10)]
    public Task Parallel_guesses_do_not_overrun_the_limit() =>
        RepeatAsync(LimitChecks.Parallel_guesses_do_not_overrun_the_limit);

    [Test]
    [Attack(12)]
    public Task An_exhausted_challenge_restores_no_attempt() =>
        RepeatAsync(ChallengeChecks.An_exhausted_challenge_restores_no_attempt);

    [Test]
    [Attack(13)]
    [Attack(14)]
    [Attack(15)]
    public Task Challenges_factors_and_calls_share_one_budget() =>
        RepeatAsync(LimitChecks.Challenges_factors_and_calls_share_one_budget);

    [Test]
    [Attack(16)]
    public Task The_failure_that_fills_the_limit_is_answered_as_a_lock() =>
        RepeatAsync(LimitChecks.The_failure_that_fills_the_limit_is_answered_as_a_lock);

    [Test]
    [Attack(17)]
    public Task A_right_code_while_locked_is_refused_and_not_burnt() =>
        RepeatAsync(LimitChecks.A_right_code_while_locked_is_refused_and_not_burnt);

    [Test]
    [Attack(17)]
    public Task A_waiting_sign_in_does_not_survive_a_changed_password() =>
        RepeatAsync(ChallengeChecks.A_waiting_sign_in_does_not_survive_a_changed_password);

    [Test]
    [Attack(19)]
    public Task Of_many_confirmations_one_wins() =>
        RepeatAsync(ChallengeChecks.Of_many_confirmations_one_wins);

    [Test]
    [Attack(23)]
    public Task What_belongs_to_one_user_opens_nothing_of_another() =>
        RepeatAsync(ChallengeChecks.What_belongs_to_one_user_opens_nothing_of_another);

    [Test]
    [Attack(25)]
    public Task A_clock_that_moves_back_accepts_nothing_and_shortens_no_lock() =>
        RepeatAsync(ReplayChecks.A_clock_that_moves_back_accepts_nothing_and_shortens_no_lock);
}
