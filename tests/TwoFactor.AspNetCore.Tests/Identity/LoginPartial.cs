using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Razor.Hosting;
using TwoFactor.AspNetCore.Tests.Identity;

[assembly: RazorCompiledItem(typeof(LoginPartial), "mvc.1.0.view", "/Pages/Shared/_LoginPartial.cshtml")]

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>The one view that Identity's layout wants of the application, empty. Written out, because it is all the Razor there is here.</summary>
public sealed class LoginPartial : RazorPage<object>
{
    public override Task ExecuteAsync() => Task.CompletedTask;
}
