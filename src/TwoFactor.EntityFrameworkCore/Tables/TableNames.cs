using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>What a row type is called in the database of a context, quoted for its SQL.</summary>
internal sealed class TableNames
{
    private readonly IEntityType _type;
    private readonly StoreObjectIdentifier _table;
    private readonly ISqlGenerationHelper _sql;

    private TableNames(IEntityType type, StoreObjectIdentifier table, ISqlGenerationHelper sql) => (_type, _table, _sql) = (type, table, sql);

    public static TableNames Of<TRow>(DbContext context)
    {
        // The design-time model, because the run-time one has no collations.
        var type = context.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(TRow));
        if (type is null || StoreObjectIdentifier.Create(type, StoreObjectType.Table) is not { } table)
        {
            throw new InvalidOperationException(
                $"{context.GetType().Name} has no two-factor tables: call modelBuilder.UseTwoFactor() in its OnModelCreating.");
        }

        return new TableNames(type, table, context.GetService<ISqlGenerationHelper>());
    }

    /// <summary>The type of a row.</summary>
    public Type Row => _type.ClrType;

    public string Name => _table.Name;

    public string? Schema => _table.Schema;

    /// <summary>The table, quoted.</summary>
    public string Table => _sql.DelimitIdentifier(_table.Name, _table.Schema);

    /// <summary>A column, quoted.</summary>
    public string this[string property] => _sql.DelimitIdentifier(Property(property).GetColumnName(_table)!);

    /// <summary>Columns, quoted and separated by commas.</summary>
    public string List(IEnumerable<string> properties) => string.Join(", ", properties.Select(property => this[property]));

    /// <summary>The collation that the model gives a column; null for the database's own.</summary>
    public string? CollationOf(string property) => Property(property).GetCollation();

    private IProperty Property(string name) => _type.FindProperty(name)!;
}
