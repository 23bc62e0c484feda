using System.Collections;
using System.Reflection;

namespace TwoFactor.StoreConformance;

/// <summary>
/// Compares two objects member by member, lists included. Records compare immutable arrays by reference, and a comparison of their
/// serialised forms would miss what the serialiser forgets.
/// </summary>
internal static class Difference
{
    /// <summary>The path of the first member that differs, with both values; null when there is none.</summary>
    public static string? Between(object? actual, object? expected, string path = "")
    {
        if (actual is null || expected is null) return actual is null && expected is null ? null : Says(path, actual, expected);
        if (actual.GetType() != expected.GetType()) return Says(path, actual.GetType(), expected.GetType());
        if (actual is string || actual.GetType().Namespace == nameof(System)) return actual.Equals(expected) ? null : Says(path, actual, expected);
        if (actual is IEnumerable list) return BetweenLists([.. list.Cast<object?>()], [.. ((IEnumerable)expected).Cast<object?>()], path);
        var members = actual.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).ToList();
        if (members.Count == 0 || actual.GetType().IsEnum) return actual.Equals(expected) ? null : Says(path, actual, expected);
        return members.Select(p => Between(p.GetValue(actual), p.GetValue(expected), $"{path}.{p.Name}")).FirstOrDefault(d => d is not null);
    }

    private static string? BetweenLists(List<object?> actual, List<object?> expected, string path)
    {
        if (actual.Count != expected.Count) return Says(path + ".Count", actual.Count, expected.Count);
        return actual.Select((item, i) => Between(item, expected[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);
    }

    private static string Says(string path, object? actual, object? expected) => $"{path} is {actual ?? "null"} instead of {expected ?? "null"}";
}
