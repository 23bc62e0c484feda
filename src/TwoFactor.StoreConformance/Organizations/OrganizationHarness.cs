using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// Fresh, empty stores of one kind that belong together, and a directory that the suites fill. Override what there is: each suite names the
/// members it uses, and one that is missing says so.
/// </summary>
public abstract class OrganizationHarness : IAsyncDisposable
{
    /// <summary>The accounts' store.</summary>
    public virtual IAccountStore Accounts => throw Missing();

    /// <summary>The organisations' store.</summary>
    public virtual IOrganizationStore Organizations => throw Missing();

    /// <summary>The source of memberships.</summary>
    public virtual IMembershipSource Memberships => throw Missing();

    /// <summary>The source of user lists.</summary>
    public virtual IUserListSource Users => throw Missing();

    /// <summary>Reads the audit events that <see cref="Accounts"/> and <see cref="Organizations"/> write.</summary>
    public virtual IAuditReader Audit => throw Missing();

    /// <summary>Feeds the same events to sinks.</summary>
    public virtual IAuditFeed Feed => throw Missing();

    /// <summary>Gives a user a name and an e-mail address, or others.</summary>
    public virtual ValueTask PutAsync(DirectoryUser user) => throw Missing();

    /// <summary>
    /// Makes a user a member at a moment; if he is one already, changes in what way. The moment of joining for the first time is kept for good.
    /// </summary>
    /// <param name="organization">Of which organisation.</param>
    /// <param name="user">Who.</param>
    /// <param name="at">When he joined.</param>
    /// <param name="kind">Member or external collaborator.</param>
    /// <param name="identityProvider">Through which identity provider he signs in; null for none.</param>
    public virtual ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null) => throw Missing();

    /// <summary>Ends a membership and all that is in groups; nothing happens if there is none.</summary>
    public virtual ValueTask LeaveAsync(OrganizationId organization, UserId user) => throw Missing();

    /// <summary>Puts a member into a group at a moment; the first one is kept for good.</summary>
    /// <exception cref="InvalidOperationException">The user is no member.</exception>
    public virtual ValueTask JoinGroupAsync(OrganizationId organization, UserId user, string group, DateTimeOffset at) => throw Missing();

    /// <summary>Takes a member out of a group; nothing happens if he is not in it.</summary>
    /// <exception cref="InvalidOperationException">The user is no member.</exception>
    public virtual ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group) => throw Missing();

    /// <summary>Deletes the data.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private NotSupportedException Missing([CallerMemberName] string member = "") =>
        new($"This suite needs {GetType().Name}.{member}: override it, or do not derive the suite.");
}
