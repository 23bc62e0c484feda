namespace TwoFactor.Provisioning;

/// <summary>
/// The known parameters of a query, still percent-encoded, each at most once. A range is where the value stands in the query; null when
/// absent.
/// </summary>
internal ref struct OtpAuthQuery
{
    private readonly ReadOnlySpan<char> _query;
    private KnownRanges _ranges;

    private OtpAuthQuery(ReadOnlySpan<char> query) => _query = query;

    public static bool TryRead(ReadOnlySpan<char> query, out OtpAuthQuery result, out OtpAuthUriError error)
    {
        result = new OtpAuthQuery(query);
        Span<char> scratch = stackalloc char[query.Length];
        error = default;
        foreach (var segment in query.Split('&'))
        {
            error = result.Add(segment, scratch);
            if (error.Code != OtpAuthUriErrorCode.None) break;
        }

        scratch.Clear();
        return error.Code == OtpAuthUriErrorCode.None;
    }

    /// <summary>The raw value of a parameter; false when the query does not have it.</summary>
    public readonly bool TryGet(OtpAuthUriPart part, out ReadOnlySpan<char> raw)
    {
        raw = default;
        if (_ranges[IndexOf(part)] is not { } range) return false;
        raw = _query[range];
        return true;
    }

    private OtpAuthUriError Add(Range segment, scoped Span<char> scratch)
    {
        var (start, length) = segment.GetOffsetAndLength(_query.Length);
        var text = _query.Slice(start, length);
        var equals = text.IndexOf('=');
        var name = equals < 0 ? text : text[..equals];
        var valueStart = equals < 0 ? start + length : start + equals + 1;
        var value = _query[valueStart..(start + length)];

        // The name is decoded too, or "s%65cret" would be a second secret that only some parsers see.
        if (!PercentDecoder.TryDecode(name, scratch, out var nameLength))
            return new(OtpAuthUriPart.Query, OtpAuthUriErrorCode.InvalidEncoding);
        var part = PartOf(scratch[..nameLength]);
        if (!PercentDecoder.TryDecode(value, scratch, out _)) return new(part, OtpAuthUriErrorCode.InvalidEncoding);
        if (part == OtpAuthUriPart.Query) return default;
        if (_ranges[IndexOf(part)] is not null) return new(part, OtpAuthUriErrorCode.Duplicate);
        _ranges[IndexOf(part)] = valueStart..(start + length);
        return default;
    }

    private static OtpAuthUriPart PartOf(ReadOnlySpan<char> name) =>
        Ascii.Is(name, "secret") ? OtpAuthUriPart.Secret
        : Ascii.Is(name, "issuer") ? OtpAuthUriPart.Issuer
        : Ascii.Is(name, "algorithm") ? OtpAuthUriPart.Algorithm
        : Ascii.Is(name, "digits") ? OtpAuthUriPart.Digits
        : Ascii.Is(name, "period") ? OtpAuthUriPart.Period
        : Ascii.Is(name, "counter") ? OtpAuthUriPart.Counter
        : OtpAuthUriPart.Query;

    private static int IndexOf(OtpAuthUriPart part) => part - OtpAuthUriPart.Secret;

    [System.Runtime.CompilerServices.InlineArray(OtpAuthUriPart.Counter - OtpAuthUriPart.Secret + 1)]
    private struct KnownRanges
    {
        private Range? _first;
    }
}
