namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>How far the delivery of audit events to a sink has got.</summary>
public sealed class AuditPositionRow
{
    /// <summary>The sink's name.</summary>
    public required string Sink { get; init; }

    /// <summary>The <see cref="AuditEventRow.Position"/> of the last event that it took. It never goes back.</summary>
    public required long Position { get; init; }
}
