using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Hosting;

// The files beside the program, so that it starts from any folder.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets().ConfigureKestrel(options => options.AddServerHeader = false);
ListenAddress.Choose(builder.Configuration);
var folder = DataFolder.Open(builder.Configuration);
var database = SampleDatabase.Choose(builder.Configuration, folder);

builder.Services.AddSampleData(database);
builder.Services.AddSampleTwoFactor(folder, builder.Configuration, builder.Environment);
builder.Services.AddSampleSessions(folder, builder.Environment);
builder.Services.AddSamplePages(builder.Environment);

var app = builder.Build();
app.UseExceptionHandler("/error");
app.UseSecurityHeaders();
app.UseHttpsOnly();
app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapRazorPages();

await DatabaseInitializer.RunAsync(app.Services);
StartupBanner.PrintWhenStarted(app, folder, database);
await app.RunAsync();
