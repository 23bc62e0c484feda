using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.SignIns;

/// <summary>What the page after a refused sign-in says: once, to the browser that was refused.</summary>
/// <param name="RequiredBy">Who requires the second factor.</param>
/// <param name="Deadline">Since when the grace is over.</param>
/// <param name="Clients">Where an authenticator can be set up; empty when only an administrator can help.</param>
public sealed record TurnedAway(string RequiredBy, DateTimeOffset Deadline, ClientKind[] Clients)
{
    private const string Key = "turned-away";

    public void Write(ITempDataDictionary temp)
    {
        ArgumentNullException.ThrowIfNull(temp);
        temp[Key] = JsonSerializer.Serialize(this);
    }

    public static TurnedAway? Read(ITempDataDictionary temp)
    {
        ArgumentNullException.ThrowIfNull(temp);
        return temp[Key] is string json ? JsonSerializer.Deserialize<TurnedAway>(json) : null;
    }
}
