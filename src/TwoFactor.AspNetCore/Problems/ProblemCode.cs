using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace TwoFactor.AspNetCore.Problems;

/// <summary>
/// Why a call was refused, as a client reads it: the member <c>code</c> of the problem details (RFC 9457). Codes are part of the contract of the
/// API: none is renamed, none changes its status, new ones may be added. Their table is in <c>docs/api.md</c>.
/// </summary>
public sealed record ProblemCode
{
    private static readonly ImmutableArray<ProblemCode>.Builder Known = ImmutableArray.CreateBuilder<ProblemCode>();

    private ProblemCode(string name, int status) => (Name, Status) = (name, status);

    /// <summary>The session is missing, has ended, or belongs to an earlier epoch.</summary>
    public static ProblemCode Unauthenticated { get; } = Add("unauthenticated", StatusCodes.Status401Unauthorized);

    /// <summary>There is no half-finished sign-in, or none that waits for this.</summary>
    public static ProblemCode NoPendingSignIn { get; } = Add("no_pending_sign_in", StatusCodes.Status401Unauthorized);

    /// <summary>The antiforgery token is missing or not of this browser and user.</summary>
    public static ProblemCode AntiforgeryInvalid { get; } = Add("antiforgery_invalid", StatusCodes.Status400BadRequest);

    /// <summary>Too many requests.</summary>
    public static ProblemCode RateLimited { get; } = Add("rate_limited", StatusCodes.Status429TooManyRequests);

    /// <summary>The body is not <c>application/json</c> in UTF-8.</summary>
    public static ProblemCode UnsupportedMediaType { get; } = Add("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>A body is needed.</summary>
    public static ProblemCode BodyMissing { get; } = Add("body_missing", StatusCodes.Status400BadRequest);

    /// <summary>The body is larger than the call takes.</summary>
    public static ProblemCode BodyTooLarge { get; } = Add("body_too_large", StatusCodes.Status413PayloadTooLarge);

    /// <summary>The body did not arrive whole.</summary>
    public static ProblemCode BodyUnreadable { get; } = Add("body_unreadable", StatusCodes.Status400BadRequest);

    /// <summary>The body is not JSON, or names a member twice.</summary>
    public static ProblemCode JsonMalformed { get; } = Add("json_malformed", StatusCodes.Status400BadRequest);

    /// <summary>The body lacks a member, has one too many, or one of a wrong type.</summary>
    public static ProblemCode BodyInvalid { get; } = Add("body_invalid", StatusCodes.Status400BadRequest);

    /// <summary>A parameter of route or query is unknown, given twice, missing or out of range.</summary>
    public static ProblemCode ParameterInvalid { get; } = Add("parameter_invalid", StatusCodes.Status400BadRequest);

    /// <summary>The text cannot be a code. Not charged.</summary>
    public static ProblemCode CodeMalformed { get; } = Add("code_malformed", StatusCodes.Status400BadRequest);

    /// <summary>The code is wrong. Charged.</summary>
    public static ProblemCode CodeWrong { get; } = Add("code_wrong", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The code is spent. Not charged.</summary>
    public static ProblemCode CodeReplayed { get; } = Add("code_replayed", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The attempts of this sign-in are used up.</summary>
    public static ProblemCode StartOver { get; } = Add("start_over", StatusCodes.Status401Unauthorized);

    /// <summary>The account is locked.</summary>
    public static ProblemCode LockedOut { get; } = Add("locked_out", StatusCodes.Status423Locked);

    /// <summary>Too many backup codes are being hashed. Not charged.</summary>
    public static ProblemCode Busy { get; } = Add("busy", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Other requests for the same account or policy won every write. Not charged.</summary>
    public static ProblemCode Contended { get; } = Add("contended", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The factor cannot be verified now. Not charged.</summary>
    public static ProblemCode FactorUnavailable { get; } = Add("factor_unavailable", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The server's clock was turned back. Not charged.</summary>
    public static ProblemCode ClockMovedBack { get; } = Add("clock_moved_back", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The account is being moved between regions, or is not where the directory says. Not charged.</summary>
    public static ProblemCode RegionRefused { get; } = Add("region_refused", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The sign-in attempt is unknown, expired, used, or was ended.</summary>
    public static ProblemCode SignInVoid { get; } = Add("sign_in_void", StatusCodes.Status401Unauthorized);

    /// <summary>No such set-up waits to be confirmed.</summary>
    public static ProblemCode EnrollmentNotPending { get; } = Add("enrollment_not_pending", StatusCodes.Status409Conflict);

    /// <summary>The name of the account cannot be shown by authenticator apps.</summary>
    public static ProblemCode AccountNameInvalid { get; } = Add("account_name_invalid", StatusCodes.Status422UnprocessableEntity);

    /// <summary>A fresh proof of a real factor is needed: step up first.</summary>
    public static ProblemCode StepUpRequired { get; } = Add("step_up_required", StatusCodes.Status403Forbidden);

    /// <summary>There is no authenticator.</summary>
    public static ProblemCode NotEnrolled { get; } = Add("not_enrolled", StatusCodes.Status409Conflict);

    /// <summary>There is no such trusted device.</summary>
    public static ProblemCode DeviceNotFound { get; } = Add("device_not_found", StatusCodes.Status404NotFound);

    /// <summary>The caller may not do this. The denial is recorded.</summary>
    public static ProblemCode NotAuthorized { get; } = Add("not_authorized", StatusCodes.Status403Forbidden);

    /// <summary>Nobody does this to himself. The denial is recorded.</summary>
    public static ProblemCode SelfAdministration { get; } = Add("self_administration", StatusCodes.Status403Forbidden);

    /// <summary>The user does not belong to the organisation. The denial is recorded.</summary>
    public static ProblemCode OtherOrganization { get; } = Add("other_organization", StatusCodes.Status403Forbidden);

    /// <summary>Other organisations share the user. The denial is recorded.</summary>
    public static ProblemCode SharedUser { get; } = Add("shared_user", StatusCodes.Status403Forbidden);

    /// <summary>The administrator has no second factor. The denial is recorded.</summary>
    public static ProblemCode NoSecondFactor { get; } = Add("no_second_factor", StatusCodes.Status403Forbidden);

    /// <summary>A value is missing or out of range.</summary>
    public static ProblemCode ValueInvalid { get; } = Add("value_invalid", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The lock is one that only a reset ends.</summary>
    public static ProblemCode ResetNeeded { get; } = Add("reset_needed", StatusCodes.Status409Conflict);

    /// <summary>The organisation has no such user.</summary>
    public static ProblemCode UserNotFound { get; } = Add("user_not_found", StatusCodes.Status404NotFound);

    /// <summary>The policy is faulty.</summary>
    public static ProblemCode PolicyInvalid { get; } = Add("policy_invalid", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The policy was changed since it was read.</summary>
    public static ProblemCode PolicyConflict { get; } = Add("policy_conflict", StatusCodes.Status409Conflict);

    /// <summary>Single sign-on cannot exclude the second factor while members use one.</summary>
    public static ProblemCode MembersUseTwoFactor { get; } = Add("members_use_two_factor", StatusCodes.Status409Conflict);

    /// <summary>No administrator of the organisation could sign in any more.</summary>
    public static ProblemCode NoAdministratorLeft { get; } = Add("no_administrator_left", StatusCodes.Status409Conflict);

    /// <summary>All codes.</summary>
    public static ImmutableArray<ProblemCode> All { get; } = Known.ToImmutable();

    /// <summary>The code: lower-case ASCII words joined by underscores.</summary>
    public string Name { get; }

    /// <summary>The HTTP status it comes with.</summary>
    public int Status { get; }

    /// <summary>The URI that is the member <c>type</c> of its problem details.</summary>
    public string Type => "urn:two-factor:problem:" + Name;

    /// <summary>The code.</summary>
    public override string ToString() => Name;

    private static ProblemCode Add(string name, int status)
    {
        var code = new ProblemCode(name, status);
        Known.Add(code);
        return code;
    }
}
