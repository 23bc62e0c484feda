using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// A statement for PostgreSQL with its parameters by number, <c>$1</c> and so on, as the server takes them: the provider would otherwise read
/// through the text for names each time.
/// </summary>
internal sealed class PositionalStatement
{
    /// <param name="named">The statement with parameters by name, such as <c>@user</c>.</param>
    public PositionalStatement(string named)
    {
        var text = new StringBuilder(named.Length);
        var names = new List<string>();
        var quoted = false;
        for (var i = 0; i < named.Length; i++)
        {
            // A host may have any sign in the name of a table or a column.
            if (named[i] == '"') quoted = !quoted;
            if (named[i] != '@' || quoted)
            {
                text.Append(named[i]);
                continue;
            }

            var end = i + 1;
            while (end < named.Length && char.IsAsciiLetterOrDigit(named[end])) end++;
            var name = named[i..end];
            if (!names.Contains(name)) names.Add(name);
            text.Append(CultureInfo.InvariantCulture, $"${names.IndexOf(name) + 1}");
            i = end - 1;
        }

        (Named, Text, Names) = (named, text.ToString(), [.. names]);
    }

    /// <summary>The statement with parameters by name, for other databases.</summary>
    public string Named { get; }

    /// <summary>The statement with parameters by number.</summary>
    public string Text { get; }

    /// <summary>What the parameters were called, in their order.</summary>
    public ImmutableArray<string> Names { get; }
}
