using System.Text.RegularExpressions;
using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>User ids in addresses.</summary>
public static partial class UserIdText
{
    /// <summary>Null for what is no id of this sample: 32 hexadecimal digits.</summary>
    public static UserId? Read(string? text) => text is not null && Pattern().IsMatch(text) ? new UserId(text) : null;

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Pattern();
}
