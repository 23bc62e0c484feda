using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>Marks a result that lets somebody do something. The loop never returns one without having won a write.</summary>
internal interface IGrant;

/// <summary>A decider's answer: what to tell, and what must be saved first.</summary>
internal readonly record struct Decision<TResult>
{
    private Decision(TResult result, ImmutableArray<AccountEvent> events) => (Result, Events) = (result, events);

    public TResult Result { get; }

    public ImmutableArray<AccountEvent> Events { get; }

    /// <summary>An answer that changes nothing, and therefore grants nothing.</summary>
    public static Decision<TResult> Reply(TResult result) => Make(result, []);

    /// <summary>An answer that holds once <paramref name="events"/> are saved. Without events it is a reply.</summary>
    public static Decision<TResult> Make(TResult result, ImmutableArray<AccountEvent> events)
    {
        if (result is IGrant && events.IsEmpty) throw new InvalidOperationException($"{typeof(TResult).Name} grants something and must be backed by a write.");
        return new Decision<TResult>(result, events);
    }
}
