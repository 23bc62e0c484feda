using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// The tables as SQL, for those who review or apply them by hand. A change of the model shows here as a change of the files, which asks for another
/// <c>SchemaRow.CurrentVersion</c> once there are databases of the old one. <c>TWOFACTOR_WRITE_SCHEMA=1</c> writes them anew.
/// </summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class SchemaScriptTests(Engine engine)
{
    private string File => Path.Combine(Repository.Root, "docs", "schema", engine == Engine.Sqlite ? "sqlite.sql" : "postgresql.sql");

    [Test]
    public async Task The_script_in_the_documentation_is_that_of_the_model()
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>();
        if (engine == Engine.Sqlite) options.UseSqlite("Data Source=unused");
        else options.UseNpgsql("Host=unused");
        await using var context = new TwoFactorDbContext(options.Options);
        var script = context.Database.GenerateCreateScript().ReplaceLineEndings("\n").TrimStart('\uFEFF').Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("TWOFACTOR_WRITE_SCHEMA") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, script);
        }

        Assert.That((await System.IO.File.ReadAllTextAsync(File)).ReplaceLineEndings("\n"), Is.EqualTo(script), "Write the files anew with TWOFACTOR_WRITE_SCHEMA=1 and review what has changed.");
    }

    [Test]
    public async Task Tables_made_by_the_script_are_those_that_the_library_works_on()
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        database.Execute(await System.IO.File.ReadAllTextAsync(File));
        await using var context = database.CreateContext();
        await context.Database.VerifyTwoFactorSchemaAsync();
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);
        Assert.That(await database.CreateStore().WriteAsync(1), Is.True);
    }
}
