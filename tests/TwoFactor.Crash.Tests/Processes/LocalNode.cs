using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;

namespace TwoFactor.Crash.Tests.Processes;

/// <summary>A worker inside this process, which nobody kills.</summary>
internal sealed class LocalNode : INode, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Desk _desk;

    public LocalNode(Setup setup)
    {
        _services = Services.Compose(setup);
        _desk = new Desk(_services.GetRequiredService<SignInService>(), _services.GetRequiredService<EnrollmentService>());
    }

    public async Task<Answer?> AskAsync(Order order) => await _desk.AnswerAsync(order);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
