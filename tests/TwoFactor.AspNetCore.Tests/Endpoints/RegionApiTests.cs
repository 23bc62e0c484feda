using System.Net;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>While accounts are being moved to another region every endpoint has an answer, and none is a fault.</summary>
[Feature("C10")]
internal sealed class RegionApiTests
{
    [Test]
    public async Task During_a_move_every_endpoint_answers_and_no_change_is_accepted()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        var half = await app.HalfSignInAsync("bob");
        var writes = app.Store.Writes;
        app.Store.IsMoving = true;
        var refused = 0;
        foreach (var operation in Operation.AllOf(app))
        {
            var client = operation.IsOfSignIn ? half.Copy() : operation.IsAdministrative ? ada.Client : bob.Client;
            var answer = await client.SendAsync(operation.Method, operation.Path, operation.Example);
            Assert.That(answer.Status, Is.Not.EqualTo(HttpStatusCode.InternalServerError), operation.ToString());
            if (answer.Status != HttpStatusCode.ServiceUnavailable) continue;
            answer.MustBe("region_refused");
            Assert.That(answer["reason"].GetString(), Is.EqualTo("moving"));
            refused++;
        }

        Assert.That(refused, Is.GreaterThan(8));
        Assert.That(app.Store.Writes, Is.EqualTo(writes), "nothing was written to an account");
        app.Store.IsMoving = false;
        (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustSucceed();
    }
}
