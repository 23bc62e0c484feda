using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>Where audit events are delivered to: a mailer, a SIEM. The host implements it.</summary>
public interface IAuditSink
{
    /// <summary>Its name, under which its progress is remembered: 1 to 64 printable characters, never changed.</summary>
    string Name { get; }

    /// <summary>
    /// Takes events, oldest first. Returning means that they are safe; throwing, that they come again. An event may come more than once:
    /// chain and sequence tell.
    /// </summary>
    ValueTask DeliverAsync(ImmutableArray<AuditEvent> events, CancellationToken cancellationToken);
}

/// <summary>A sink that takes the events of one region alone, where they must not leave it.</summary>
public interface IRegionalAuditSink : IAuditSink
{
    /// <summary>Whose events.</summary>
    RegionId Region { get; }
}
