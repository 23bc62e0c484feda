using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>What the guard asks of a request before the endpoint sees it; also what the OpenAPI description says of it.</summary>
internal sealed record EndpointRules
{
    /// <summary>The operation's id.</summary>
    public required string Name { get; init; }

    /// <summary>Under which heading it stands.</summary>
    public required string Tag { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>What else there is to know.</summary>
    public string? Description { get; init; }

    /// <summary>Whom it answers.</summary>
    public required Access Access { get; init; }

    /// <summary>How its body is read; null for one that has none.</summary>
    public BodyRule? Body { get; init; }

    /// <summary>The parameters of its query; any other is refused.</summary>
    public ImmutableArray<QueryRule> Query { get; init; } = [];

    /// <summary>True for administration, which asks for a session whose second factor was really passed.</summary>
    public bool IsAdministrative { get; init; }

    /// <summary>True when it takes a code, makes codes, which costs a hash, or reads a whole chain: the stricter rate limit counts it.</summary>
    public bool IsCostly { get; init; }

    /// <summary>A service that not every host has, and without which the endpoint cannot be mapped; null for none.</summary>
    public Type? Needs { get; init; }

    /// <summary>The problems that the endpoint itself may answer with; those of the guard are added.</summary>
    public ImmutableArray<ProblemCode> Problems { get; init; } = [];
}

/// <summary>How a body is read.</summary>
/// <param name="Type">As what.</param>
/// <param name="IsOptional">True when it may be left out.</param>
/// <param name="IsPolicy">True when it may be as large as a policy.</param>
internal sealed record BodyRule(JsonTypeInfo Type, bool IsOptional, bool IsPolicy)
{
    public static BodyRule Of<T>() => new(TwoFactorJson.Of<T>(), false, false);

    /// <summary>No body, or <c>{}</c>.</summary>
    public static BodyRule None { get; } = new(TwoFactorJson.Of<NothingRequest>(), true, false);
}

/// <summary>A parameter of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expected">What is allowed: English, for developers.</param>
/// <param name="IsValid">Whether a value is.</param>
internal sealed record QueryRule(string Name, string Expected, Func<string, bool> IsValid)
{
    /// <summary>True when it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it may be given several times.</summary>
    public bool IsRepeatable { get; init; }
}
