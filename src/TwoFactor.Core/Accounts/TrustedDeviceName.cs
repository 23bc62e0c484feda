namespace TwoFactor.Accounts;

/// <summary>What a trusted device is called: any text of the host is made safe to show and to record, never refused.</summary>
internal static class TrustedDeviceName
{
    /// <summary>The greatest length in UTF-16 characters.</summary>
    public const int MaxLength = 100;

    /// <summary>The text without what could break a line or reorder it, at most <see cref="MaxLength"/> characters, no character cut in half.</summary>
    public static string From(string? text)
    {
        // An unsafe character grows when it is escaped; more than the greatest length is never kept of either.
        var safe = PlainText.Escape((text ?? "").Length > MaxLength ? text![..MaxLength] : text ?? "").Trim();
        if (safe.Length <= MaxLength) return safe;
        return safe[..(char.IsHighSurrogate(safe[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
