using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>Prints what a newcomer needs, once the server listens.</summary>
public static class StartupBanner
{
    public static void PrintWhenStarted(WebApplication app, DataFolder folder, SampleDatabase database) =>
        app.Lifetime.ApplicationStarted.Register(() => Print(app, folder, database, Console.Out));

    private static void Print(WebApplication app, DataFolder folder, SampleDatabase database, TextWriter output)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        output.WriteLine();
        foreach (var address in addresses) output.WriteLine($"The sample listens at {address}");
        output.WriteLine();
        output.WriteLine("Demo accounts (or register your own):");
        foreach (var account in DemoAccounts.All) output.WriteLine($"  {account.Email,-24} password: {account.Password}");
        output.WriteLine();
        output.WriteLine(database.IsInFolder
            ? $"Data:  {folder.Path} (delete the folder to start anew)"
            : $"Data:  PostgreSQL, {database.Description}; keys in {folder.Path}");
        if (app.Environment.IsDevelopment()) output.WriteLine("Clock: /dev/clock moves the sample's time, in development only");
        output.WriteLine("Press Ctrl+C to stop.");
    }
}
