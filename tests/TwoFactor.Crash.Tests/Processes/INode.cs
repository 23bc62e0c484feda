namespace TwoFactor.Crash.Tests.Processes;

/// <summary>Whoever carries out orders.</summary>
internal interface INode
{
    /// <summary>Sends an order and waits for its answer; null when the node died before it gave one.</summary>
    Task<Answer?> AskAsync(Order order);
}
