using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>A row that is replaced by compare and swap, as it is stored.</summary>
/// <param name="Version">Its version; 0 when there is no row.</param>
/// <param name="Data">What it holds; null when there is no row.</param>
internal readonly record struct VersionedRow(long Version, byte[]? Data)
{
    /// <summary>From a result of these two columns.</summary>
    public static VersionedRow Of(DbDataReader row) => new(row.GetInt64(0), row.GetFieldValue<byte[]>(1));
}
