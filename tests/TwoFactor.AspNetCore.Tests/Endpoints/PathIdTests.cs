using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Organizations;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>User ids are the host's and opaque: whatever stands in one, its address is that of this user and of no other.</summary>
internal sealed class PathIdTests
{
    private static readonly string[] s_ids =
    [
        "plain", "with space", "a+b", "a%b", "a%2Fb", "a/b", "a\\b", ".", "..", "...", ".hidden", "~tilde", "a~b", "a?b", "a#b", "a&b=c", "a;b", "a:b", "a@b", "ä", "日本", "😀",
        "%00", "%", "a%252Fb", "é", "e\u0301", "A", "a", "{user}", "\"", "<b>", "auth0|123", "google-oauth2|1", "CN=Bob,OU=x", "S-1-5-21-1",
    ];

    [Test]
    public async Task Every_id_is_found_at_its_own_address()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        foreach (var id in s_ids)
        {
            app.Directory.Put(new DirectoryUser(new UserId(id), "Name of " + id, "x@example.org"));
            app.Directory.Join(new OrganizationId(ApiApp.Acme), new UserId(id), app.Now);
        }

        var users = (await ada.Client.GetAsync("/2fa/admin/users?organization=acme&pageSize=200")).MustSucceed()["users"].EnumerateArray()
            .ToDictionary(u => u.GetProperty("id").GetString()!, u => u.GetProperty("pathId").GetString()!);
        Assert.That(users.Keys, Is.SupersetOf(s_ids));
        Assert.That(users.Values, Is.Unique);
        foreach (var id in s_ids)
        {
            var found = await ada.Client.GetAsync($"/2fa/admin/users/{users[id]}?organization=acme");
            Assert.That(found.MustSucceed()["user"].GetProperty("id").GetString(), Is.EqualTo(id), users[id]);
            (await ada.Client.PostAsync($"/2fa/admin/users/{users[id]}/unlock?organization=acme", new { })).MustSucceed();
        }
    }

    [Test]
    public async Task Organisations_in_the_query_are_as_exact()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var roles = app.Services.GetRequiredService<Roles>();
        foreach (var id in s_ids) roles.Set("ada", id, AdministratorRole.SystemAdministrator);
        foreach (var id in s_ids)
        {
            var path = "/2fa/admin/policy?organization=" + Uri.EscapeDataString(id);
            (await ada.Client.PutAsync(path, new { version = 0, trustedDeviceDays = 7 })).MustSucceed();
        }

        (await ada.Client.GetAsync("/2fa/admin/policy?organization=globex")).MustBe("not_authorized");
        (await ada.Client.GetAsync("/2fa/admin/policy?organization=PLAIN")).MustBe("not_authorized");
    }
}
