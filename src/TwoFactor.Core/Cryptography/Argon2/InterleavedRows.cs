namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// The order in which the vector kernels keep a block. A block is 8 rows of 8 registers of 16 bytes (RFC 9106 section 3.5); here
/// rows 2n and 2n+1 are interleaved register by register:
/// <code>
/// r0.0 r1.0 r0.1 r1.1 ... r0.7 r1.7   r2.0 r3.0 r2.1 r3.1 ...
/// </code>
/// So 32 bytes hold one quarter (v0-v3, v4-v7, ...) of one column, 64 bytes hold one of two columns and at the same time one of two
/// rows: both halves of G work on vectors as they are loaded, and nothing is transposed in between.
/// </summary>
internal static class InterleavedRows
{
    private const int RowWords = 16;
    private const int RegisterWords = 2;

    public static int PlaceOf(int word)
    {
        var (row, inRow) = Math.DivRem(word, RowWords);
        var (register, inRegister) = Math.DivRem(inRow, RegisterWords);
        return (row / 2 * (2 * RowWords)) + (register * 2 * RegisterWords) + (row % 2 * RegisterWords) + inRegister;
    }
}
