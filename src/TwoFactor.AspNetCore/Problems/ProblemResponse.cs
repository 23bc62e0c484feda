using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TwoFactor.AspNetCore.Endpoints.Contracts;

namespace TwoFactor.AspNetCore.Problems;

/// <summary>Problem details (RFC 9457) with the members that some codes bring. What does not apply is absent.</summary>
public sealed record ProblemResponse
{
    /// <summary><c>urn:two-factor:problem:</c> and the code.</summary>
    public required string Type { get; init; }

    /// <summary>What it is, in a few words of the reader's language.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What it means and what to do, in the reader's language.</summary>
    public required string Detail { get; init; }

    /// <summary>The code, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>With <c>code_wrong</c>: how many more wrong codes are borne; at least 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AttemptsLeft { get; init; }

    /// <summary>With <c>code_wrong</c>, when the device's clock seems to be off: by how many seconds, positive when it is ahead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DeviceClockOffsetSeconds { get; init; }

    /// <summary>With <c>locked_out</c>: why, until when, and what ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LockResponse? Lock { get; init; }

    /// <summary>With <c>step_up_required</c>: <c>missing</c>, <c>other_user</c>, <c>superseded</c>, <c>stale</c> or <c>not_a_real_factor</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Seconds after which to try again; also the header <c>Retry-After</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Faults by field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<FieldFault>? Errors { get; init; }

    /// <summary>With <c>members_use_two_factor</c>: who does; with <c>no_administrator_left</c>: the administrators it stops. At most 1,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Members { get; init; }

    /// <summary>With <c>policy_conflict</c>: the version that is saved now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CurrentVersion { get; init; }
}

/// <summary>A fault of one field.</summary>
/// <param name="Field">A JSON path such as <c>$.rules[0].graceSeconds</c>, or the name of a parameter.</param>
/// <param name="Message">What is allowed: English, for developers; null when the code says it all.</param>
public sealed record FieldFault(string Field, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
