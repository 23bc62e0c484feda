namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements of the organisation store, for SQLite (3.24 and later) and PostgreSQL alike.</summary>
internal sealed class OrganizationStatements
{
    public OrganizationStatements(TableNames organizations, TableNames audit)
    {
        var (id, version, data) =
            (organizations[nameof(OrganizationRow.Id)], organizations[nameof(OrganizationRow.Version)], organizations[nameof(OrganizationRow.Data)]);
        Select = new PositionalStatement($"SELECT {version}, {data} FROM {organizations.Table} WHERE {id} = @key");
        var events = new EventStatements(audit);
        Insert = events.With($"INSERT INTO {organizations.Table} ({id}, {version}, {data}) VALUES (@id, @next, @data) ON CONFLICT ({id}) DO NOTHING");
        Update = events.With($"UPDATE {organizations.Table} SET {version} = @next, {data} = @data WHERE {id} = @id AND {version} = @expected");
    }

    /// <summary>Version and data of one organisation, by <c>@key</c>.</summary>
    public PositionalStatement Select { get; }

    /// <summary>A first write: no row affected when there is an organisation already.</summary>
    public ConditionalStatement Insert { get; }

    /// <summary>A later write: no row affected when the version has moved on.</summary>
    public ConditionalStatement Update { get; }
}
