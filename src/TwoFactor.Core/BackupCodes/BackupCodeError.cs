namespace TwoFactor.BackupCodes;

/// <summary>Why a text is not a backup code. Found without hashing, so that a typing mistake need not cost an attempt.</summary>
public enum BackupCodeError
{
    /// <summary>Nothing: it is well formed, which says nothing of whether it is right.</summary>
    None = 0,

    /// <summary>Fewer than 16 symbols.</summary>
    TooShort,

    /// <summary>More than 16 symbols, or more than 256 characters in all.</summary>
    TooLong,

    /// <summary>A character that is neither a symbol nor a space or dash.</summary>
    InvalidSymbol,

    /// <summary>The check symbol does not agree: mistyped.</summary>
    CheckFailed,
}
