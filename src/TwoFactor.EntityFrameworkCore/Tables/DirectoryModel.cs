using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwoFactor.Accounts;
using TwoFactor.Status;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>Names, keys and indexes of the tables about organisations and their members.</summary>
internal static class DirectoryModel
{
    /// <summary>The greatest length of a name, a group or an identity provider, in UTF-16 characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>The greatest length of an e-mail address (RFC 5321, 4.5.3.1: 64 for the local part, 255 for the domain, and the sign between).</summary>
    public const int MaxEmailLength = 320;

    /// <summary>The greatest length of the name of a sink of audit events, in UTF-16 characters.</summary>
    public const int MaxSinkLength = 64;

    public static void Configure(EntityTypeBuilder<OrganizationRow> organization)
    {
        organization.ToTable("two_factor_organizations");
        organization.HasKey(row => row.Id);
        organization.Property(row => row.Id).HasColumnName("id").HasMaxLength(OrganizationId.MaxLength);
        organization.Property(row => row.Version).HasColumnName("version").IsConcurrencyToken();
        organization.Property(row => row.Data).HasColumnName("data");
    }

    public static void Configure(EntityTypeBuilder<MemberRow> member)
    {
        member.ToTable("two_factor_members");
        member.HasKey(row => new { row.Organization, row.UserId });
        member.Property(row => row.Organization).HasColumnName("organization").HasMaxLength(OrganizationId.MaxLength);
        member.Property(row => row.UserId).HasColumnName("user_id").HasMaxLength(UserId.MaxLength);
        member.Property(row => row.Kind).HasColumnName("kind");
        member.Property(row => row.IdentityProvider).HasColumnName("identity_provider").HasMaxLength(MaxNameLength);
        member.Property(row => row.SubjectSince).HasColumnName("subject_since");
        member.Property(row => row.Active).HasColumnName("active");
        // Rows of before this column may have groups: to look for none in vain costs less than to miss one that a policy names.
        member.Property(row => row.Grouped).HasColumnName("grouped").HasDefaultValue(true);
        member.Property(row => row.Name).HasColumnName("name").HasMaxLength(MaxNameLength);
        member.Property(row => row.Email).HasColumnName("email").HasMaxLength(MaxEmailLength);
        member.Property(row => row.NameFolded).HasColumnName("name_folded").HasMaxLength(MaxNameLength);
        member.Property(row => row.Enrolled).HasColumnName("enrolled");
        member.Property(row => row.LockedUntil).HasColumnName("locked_until");
        member.Property(row => row.PendingUntil).HasColumnName("pending_until");
        member.Property(row => row.PreviousSignIn).HasColumnName("previous_sign_in");
        member.HasIndex(row => row.UserId);
        // A page at any depth is a walk along one of these, or along it for those with and those without an authenticator.
        member.HasIndex(row => new { row.Organization, row.Active, row.Enrolled, row.NameFolded, row.UserId });
        member.HasIndex(row => new { row.Organization, row.Active, row.Enrolled, row.PreviousSignIn, row.UserId });
        member.HasIndex(row => new { row.Organization, row.Active, row.Enrolled, row.UserId });
        // Who is locked for a time, or sets up, is few: they are gathered and sorted. Who is locked for good can be walked along, too.
        member.HasIndex(row => new { row.Organization, row.Active, row.LockedUntil, row.UserId, row.NameFolded });
        member.HasIndex(row => new { row.Organization, row.Active, row.PendingUntil });
    }

    public static void Configure(EntityTypeBuilder<MemberGroupRow> group)
    {
        group.ToTable("two_factor_member_groups");
        group.HasKey(row => new { row.Organization, row.UserId, row.Group });
        group.Property(row => row.Organization).HasColumnName("organization").HasMaxLength(OrganizationId.MaxLength);
        group.Property(row => row.UserId).HasColumnName("user_id").HasMaxLength(UserId.MaxLength);
        group.Property(row => row.Group).HasColumnName("group").HasMaxLength(MaxNameLength);
        group.Property(row => row.Since).HasColumnName("since");
        group.Property(row => row.Active).HasColumnName("active");
    }

    public static void Configure(EntityTypeBuilder<DirectoryUserRow> user)
    {
        user.ToTable("two_factor_directory_users");
        user.HasKey(row => row.UserId);
        user.Property(row => row.UserId).HasColumnName("user_id").HasMaxLength(UserId.MaxLength);
        user.Property(row => row.Name).HasColumnName("name").HasMaxLength(MaxNameLength);
        user.Property(row => row.NameFolded).HasColumnName("name_folded").HasMaxLength(MaxNameLength);
        user.Property(row => row.Words).HasColumnName("words");
        user.Property(row => row.Email).HasColumnName("email").HasMaxLength(MaxEmailLength);
    }

    public static void Configure(EntityTypeBuilder<UserWordRow> word)
    {
        word.ToTable("two_factor_user_words");
        word.HasKey(row => new { row.Word, row.UserId });
        word.Property(row => row.Word).HasColumnName("word").HasMaxLength(UserSearch.MaxWordLength);
        word.Property(row => row.UserId).HasColumnName("user_id").HasMaxLength(UserId.MaxLength);
    }

    public static void Configure(EntityTypeBuilder<AuditPositionRow> position)
    {
        position.ToTable("two_factor_audit_positions");
        position.HasKey(row => row.Sink);
        position.Property(row => row.Sink).HasColumnName("sink").HasMaxLength(MaxSinkLength);
        position.Property(row => row.Position).HasColumnName("position");
    }
}
