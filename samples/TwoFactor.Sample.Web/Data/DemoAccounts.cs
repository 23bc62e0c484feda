using TwoFactor.Administration;
using TwoFactor.Organizations;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Users to try the sample with. Their passwords are public, which is why the sample listens on this machine only.</summary>
public static class DemoAccounts
{
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("Alice Adler", "alice@example.com", "alice-in-the-harbour", "Larkspur, staff") { Seats = [Larkspur(Staff)] },
        new("Bob Brandt", "bob@example.com", "bob-by-the-lighthouse", "Larkspur, manager") { Seats = [Larkspur(Managers)] },
        new("Martin Vale", "martin@example.com", "martin-keeps-the-keys", "Larkspur, system administrator")
        {
            Seats = [Larkspur(Administrators) with { Role = AdministratorRole.SystemAdministrator }],
        },
        new("Harriet Dale", "harriet@example.com", "harriet-picks-up-calls", "Larkspur, help desk")
        {
            Seats = [Larkspur(Staff) with { Role = AdministratorRole.HelpDesk }],
        },
        new("Oscar Reyes", "oscar@example.com", "oscar-reads-the-ledger", "Larkspur, auditor")
        {
            Seats = [Larkspur(Staff) with { Role = AdministratorRole.Auditor }],
        },
        new("Petra Wynn", "petra@example.com", "petra-crosses-the-bridge", "Larkspur and Fernhill, system administrator")
        {
            Seats =
            [
                Larkspur(Administrators) with { Role = AdministratorRole.SystemAdministrator },
                Fernhill(Administrators) with { Role = AdministratorRole.SystemAdministrator },
            ],
        },
        new("Carla Nunes", "carla@example.com", "carla-rides-two-trams", "Larkspur and Fernhill, staff") { Seats = [Larkspur(Staff), Fernhill(Staff)] },
        new("Felix Moor", "felix@fernhill.example", "felix-walks-the-fern-hill", "Fernhill, single sign-on")
        {
            Seats = [Fernhill(Staff) with { IdentityProvider = "fernhill-id" }],
        },
        new("Dmitri Sol", "dmitri@partner.example", "dmitri-sends-the-plans", "Fernhill, external collaborator")
        {
            Seats = [Fernhill(null) with { Kind = MembershipKind.ExternalCollaborator }],
        },
    ];

    /// <summary>Invited to Larkspur, without a password yet.</summary>
    public static DemoAccount Invited { get; } = new("Nina Park", "nina@example.com", "", "Larkspur, invited") { Seats = [Larkspur(Staff)] };

    public static IReadOnlyList<Tenant> Organizations { get; } =
        [new Tenant { Id = "larkspur", Name = "Larkspur Ltd" }, new Tenant { Id = "fernhill", Name = "Fernhill" }];

    private const string Administrators = "administrators";
    private const string Managers = "managers";
    private const string Staff = "staff";

    private static DemoSeat Larkspur(string? group) => new("larkspur", group);

    private static DemoSeat Fernhill(string? group) => new("fernhill", group);
}

public sealed record DemoAccount(string Name, string Email, string Password, string About = "")
{
    public IReadOnlyList<DemoSeat> Seats { get; init; } = [];
}

/// <summary>A place in an organisation.</summary>
public sealed record DemoSeat(string TenantId, string? Group)
{
    public AdministratorRole Role { get; init; }

    public MembershipKind Kind { get; init; } = MembershipKind.Member;

    public string? IdentityProvider { get; init; }
}
