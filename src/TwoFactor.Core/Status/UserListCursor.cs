using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TwoFactor.Accounts;

namespace TwoFactor.Status;

/// <summary>A place in a user list, stable while users come and go: the sort key of the last row and the user's id.</summary>
/// <param name="Key">The sort key: folded name, or a number as text.</param>
/// <param name="UserId">The user.</param>
public sealed record UserListCursor(string Key, UserId UserId)
{
    /// <summary>The place of a row.</summary>
    public static UserListCursor Of(UserListRow row, UserListSort sort, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var key = sort switch
        {
            UserListSort.Name => FoldName(row.User.Name),
            UserListSort.Status => ((int)CoarseStatusOf(row.Account, now)).ToString(CultureInfo.InvariantCulture),
            _ => PreviousSignInKey(row.Account).ToString(CultureInfo.InvariantCulture),
        };
        return new UserListCursor(key, row.User.Id);
    }

    /// <summary>A name as lists sort and search it: ASCII letters in lower case.</summary>
    public static string FoldName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < text.Length; i++) span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        });
    }

    /// <summary>The sort key of the previous sign-in: Unix milliseconds, -1 for none.</summary>
    public static long PreviousSignInKey(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return UserListKeys.Of(account).PreviousSignIn;
    }

    /// <summary>The coarse status of an account.</summary>
    public static CoarseStatus CoarseStatusOf(Account account, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        return UserListKeys.Of(account).StatusAt(now);
    }

    /// <summary>Text for a link to the next page.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{UserId.Value.Length}.{UserId.Value}{Key}"));

    /// <summary>Reads what <see cref="ToString"/> wrote; null, never an exception, for anything else.</summary>
    public static UserListCursor? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 4096 || !Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var dot = plain.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !int.TryParse(plain.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
        if (length > plain.Length - dot - 1) return null;
        var user = plain.Substring(dot + 1, length);
        return PlainText.IsIdentifier(user, UserId.MaxLength) ? new UserListCursor(plain[(dot + 1 + length)..], new UserId(user)) : null;
    }
}
