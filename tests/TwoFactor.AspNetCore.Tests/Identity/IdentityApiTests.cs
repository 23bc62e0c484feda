using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>The endpoints of <c>MapIdentityApi</c>, for clients that send password and code in one request.</summary>
internal sealed class IdentityApiTests
{
    private const string Ada = "ada@example.org";

    [Test]
    [Attack(1), Attack(24)]
    public async Task Login_takes_each_code_once_and_the_management_endpoint_gives_no_key_away()
    {
        await using var app = await IdentityApp.StartAsync(
            add: services => services.AddIdentityApiEndpoints<IdentityUser>(), endpoints: routes => routes.MapGroup("/api").MapIdentityApi<IdentityUser>());
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, codes) = await browser.SetUpAsync();
        app.NextCode();
        var code = phone.CodeAt(app.Now);

        using var client = new HttpClient { BaseAddress = app.Address };
        Assert.That((await LoginAsync(client, new { email = Ada, password = IdentityApp.Password })).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "A password is not enough.");
        var (status, token) = await LoginAsync(client, new { email = Ada, password = IdentityApp.Password, twoFactorCode = code });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await LoginAsync(client, new { email = Ada, password = IdentityApp.Password, twoFactorCode = code })).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "Once.");
        Assert.That((await LoginAsync(client, new { email = Ada, password = IdentityApp.Password, twoFactorRecoveryCode = codes[0] })).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await LoginAsync(client, new { email = Ada, password = IdentityApp.Password, twoFactorRecoveryCode = codes[0] })).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.That(await client.GetStringAsync(new Uri("/secret", UriKind.Relative)), Is.EqualTo($"secret of {Ada}"));
        using var management = await client.PostAsJsonAsync(new Uri("/api/manage/2fa", UriKind.Relative), new { });
        Assert.That(management.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await management.Content.ReadAsStringAsync(), Does.Contain(nameof(TwoFactorProofRequiredException)).And.Not.Contain(phone.Key));
    }

    [Test]
    public void Settings_that_cannot_be_are_found_at_the_start() => Assert.That(
        () => IdentityApp.StartAsync(configure: options => (options.ExistingAuthenticators, options.ConfigureRequest) = ((ExistingAuthenticators)7, null!)),
        Throws.TypeOf<OptionsValidationException>().With.Message.Contains("ExistingAuthenticators").And.Message.Contains("ConfigureRequest"));

    private static async Task<(HttpStatusCode Status, string? Token)> LoginAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync(new Uri("/api/login", UriKind.Relative), body);
        if (response.StatusCode != HttpStatusCode.OK) return (response.StatusCode, null);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, json.GetProperty("accessToken").GetString());
    }
}
