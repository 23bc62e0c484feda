using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>How the database answers the queries behind lists.</summary>
internal static class Plans
{
    public static async Task PrintAsync(Target target, Company company)
    {
        UserListStatements statements;
        await using (var context = target.CreateContext())
        {
            statements = StoreBinding.To(context).UserList;
            await context.Database.OpenConnectionAsync();
            await Console.Out.WriteLineAsync($"Plans of {context.Database.ProviderName} {context.Database.GetDbConnection().ServerVersion}");
        }

        var slice = new UserListSlice { Organization = Generator.Organization(0), Now = People.Now, Sort = UserListSort.Name, Count = 50 };
        var (byName, bySignIn, byStatus) = (await PlaceAsync(UserListSort.Name), await PlaceAsync(UserListSort.PreviousSignIn), await PlaceAsync(UserListSort.Status));
        await PageAsync("by name, at any depth", slice with { After = byName });
        await PageAsync("by name, those with an authenticator, at any depth", slice with { After = byName, Enrolled = true });
        await PageAsync("by previous sign-in, newest first, at any depth", slice with { Sort = UserListSort.PreviousSignIn, Descending = true, After = bySignIn });
        await PageAsync("by status", slice with { Sort = UserListSort.Status });
        await PageAsync("by status, at any depth", slice with { Sort = UserListSort.Status, After = byStatus });
        await PageAsync("the locked, by name", slice with { Statuses = [CoarseStatus.Locked] });
        await PageAsync("a search for a rare word", slice, "zimmer1", gather: 0);
        await PageAsync("a search for a common word", slice, "an", gather: null);

        async Task<UserListCursor> PlaceAsync(UserListSort sort) => (await company.PlacesAsync(sort, 1))[0];

        async Task PageAsync(string title, UserListSlice wanted, string? word = null, int? gather = null)
        {
            var sql = statements.Page(wanted, word is null ? 0 : 1, gather)!;
            List<(string Name, object Value)> values = [("@organization", wanted.Organization.Value), ("@count", wanted.Count), ("@now", wanted.Now.UtcTicks), ("@enrolled", wanted.Enrolled ?? false)];
            if (wanted.After is { } after)
            {
                object key = wanted.Sort == UserListSort.Name ? after.Key : long.Parse(after.Key, CultureInfo.InvariantCulture);
                values.AddRange([("@key", key), ("@after", after.UserId.Value)]);
            }

            if (word is not null) values.AddRange([("@like0", $"% {word}%"), ("@from0", word), ("@to0", word + "\U0010FFFF")]);
            await Console.Out.WriteLineAsync($"-- {title}");
            await Console.Out.WriteLineAsync(await target.ExplainAsync(sql, [.. values.Where(value => sql.Contains(value.Name, StringComparison.Ordinal))]));
        }
    }
}
