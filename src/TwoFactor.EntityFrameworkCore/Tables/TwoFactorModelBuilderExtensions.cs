using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Tables;

// The namespace of ModelBuilder, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>Adds the two-factor tables to a model.</summary>
public static class TwoFactorModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables to the host's own context: <c>two_factor_accounts</c>, <c>two_factor_organizations</c>, <c>two_factor_audit_events</c>,
    /// <c>two_factor_audit_positions</c>, <c>two_factor_schema</c>, and for <c>AddEntityFrameworkDirectory</c> <c>two_factor_members</c>, <c>two_factor_member_groups</c>,
    /// <c>two_factor_directory_users</c> and <c>two_factor_user_words</c>. Call it in <c>OnModelCreating</c>. Names of tables and columns may be changed afterwards; the stores
    /// read them from the model. The collation of text must stay ordinal.
    /// </summary>
    public static ModelBuilder UseTwoFactor(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<AccountRow>(Configure);
        modelBuilder.Entity<AuditEventRow>(Configure);
        modelBuilder.Entity<AuditPositionRow>(DirectoryModel.Configure);
        modelBuilder.Entity<OrganizationRow>(DirectoryModel.Configure);
        modelBuilder.Entity<MemberRow>(DirectoryModel.Configure);
        modelBuilder.Entity<MemberGroupRow>(DirectoryModel.Configure);
        modelBuilder.Entity<DirectoryUserRow>(DirectoryModel.Configure);
        modelBuilder.Entity<UserWordRow>(DirectoryModel.Configure);
        modelBuilder.Entity<SchemaRow>(Configure);
        OrdinalText.Configure(modelBuilder);
        PostgreSqlStorage.Configure(modelBuilder);
        return modelBuilder;
    }

    private static void Configure(EntityTypeBuilder<AccountRow> account)
    {
        account.ToTable("two_factor_accounts");
        account.HasKey(row => row.UserId);
        account.Property(row => row.UserId).HasColumnName("user_id").HasMaxLength(UserId.MaxLength);
        // Should a host write the row after all, it conflicts with the library instead of undoing what it did.
        account.Property(row => row.Version).HasColumnName("version").IsConcurrencyToken();
        account.Property(row => row.Data).HasColumnName("data");
        account.Property(row => row.UpdatedAt).HasColumnName("updated_at");
        account.Property(row => row.Enrolled).HasColumnName("enrolled");
        account.Property(row => row.LockedUntil).HasColumnName("locked_until");
        account.Property(row => row.PendingUntil).HasColumnName("pending_until");
        account.Property(row => row.PreviousSignIn).HasColumnName("previous_sign_in");
    }

    private static void Configure(EntityTypeBuilder<SchemaRow> schema)
    {
        schema.ToTable("two_factor_schema");
        schema.HasKey(row => row.Id);
        schema.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        schema.Property(row => row.Version).HasColumnName("version");
        schema.HasData(new SchemaRow { Id = 1, Version = SchemaRow.CurrentVersion });
    }

    private static void Configure(EntityTypeBuilder<AuditEventRow> audit)
    {
        audit.ToTable("two_factor_audit_events");
        audit.HasKey(row => row.Position);
        audit.Property(row => row.Position).HasColumnName("position").ValueGeneratedOnAdd();
        audit.HasIndex(row => new { row.Chain, row.Sequence }).IsUnique();
        audit.Property(row => row.Chain).HasColumnName("chain").HasMaxLength(AuditChainId.MaxLength);
        audit.Property(row => row.Subject).HasColumnName("subject").HasMaxLength(UserId.MaxLength);
        audit.Property(row => row.Sequence).HasColumnName("sequence").ValueGeneratedNever();
        audit.Property(row => row.SchemaVersion).HasColumnName("schema_version");
        audit.Property(row => row.Name).HasColumnName("name");
        audit.Property(row => row.OccurredAt).HasColumnName("occurred_at");
        audit.Property(row => row.Actor).HasColumnName("actor");
        audit.Property(row => row.MfaFactorType).HasColumnName("mfa_factor_type");
        audit.Property(row => row.Details).HasColumnName("details");
        audit.Property(row => row.PreviousHash).HasColumnName("previous_hash");
        audit.Property(row => row.Hash).HasColumnName("hash");
        audit.Property(row => row.Organization).HasColumnName("organization").HasMaxLength(OrganizationId.MaxLength);
        audit.HasIndex(row => new { row.Subject, row.OccurredAt });
        audit.HasIndex(row => new { row.Organization, row.OccurredAt });
        audit.HasIndex(row => new { row.OccurredAt, row.Chain, row.Sequence });
    }
}
