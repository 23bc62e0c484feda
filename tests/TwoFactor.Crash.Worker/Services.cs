using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.EntityFrameworkCore.Tests.Faults;

namespace TwoFactor.Crash;

/// <summary>The services as a host composes them, and their store with what a <see cref="Setup"/> asks for.</summary>
internal static class Services
{
    public static ServiceProvider Compose(Setup setup)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider, ClockOfTheOrder>();
        var builder = services.AddTwoFactor(options =>
        {
            options.Issuer = "Example";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            options.TrustedDevices.Days = 30;
        });
        builder.UseSecretKeys("k1", [new("k1", setup.Key)]);
        builder.AddEntityFrameworkStore(setup.Use);
        if (setup.DiesAt is not null || setup.Defect == Defect.WritesEventsApart)
        {
            services.AddSingleton(new KillPlan(setup.DiesAt));
            builder.UseStore(provider => StoreWithSteps(setup, provider.GetRequiredService<KillPlan>()));
        }

        if (setup.Defect == Defect.AnswersBeforeSaving) builder.UseStore(provider => new WriteBehindStore(provider.GetRequiredService<EntityFrameworkAccountStore>()));
        return services.BuildServiceProvider();
    }

    private static EntityFrameworkAccountStore StoreWithSteps(Setup setup, KillPlan plan)
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>();
        setup.Use(options);
        return new EntityFrameworkAccountStore(Bind, TimeProvider.System);

        StoreBinding Bind()
        {
            using var context = new TwoFactorDbContext(options.Options);
            var binding = StoreBinding.To(context);
            return binding with
            {
                Database = setup.Defect == Defect.WritesEventsApart ? new EventsApartDatabase(binding.Database, plan) : new FaultyDatabase(binding.Database, plan),
            };
        }
    }
}
