using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Tests.Faults;

internal sealed class InjectedFaultException(string message) : DbException(message);
