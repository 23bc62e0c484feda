using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Tests.Hosting;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>For how long Larkspur trusts browsers, saved as its administrator would.</summary>
internal static class TrustPolicy
{
    public static async Task SetAsync(SampleApp app, int? days)
    {
        var policies = app.Services.GetRequiredService<PolicyAdministrationService>();
        var martin = (await app.Services.GetRequiredService<UserDirectory>().FindByEmailAsync("martin@example.com"))!.UserId;
        var found = (ReadPolicyResult.Found)await policies.ReadAsync(martin, new OrganizationId("larkspur"));
        var saved = await policies.SaveAsync(martin, found.Policy with { TrustedDeviceDays = days });
        Assert.That(saved, Is.InstanceOf<SavePolicyResult.Saved>());
    }
}
