namespace TwoFactor.AspNetCore.Localization;

/// <summary>The texts in English.</summary>
internal static class EnglishTexts
{
    public const string AppEntryRemains = "The entry in your authenticator app is still there, and no longer works. Delete it from the app.";

    public static readonly Dictionary<string, ProblemText> Problems = new(StringComparer.Ordinal)
    {
        ["unauthenticated"] = new("Not signed in", "You are not signed in, or your session has ended. Sign in again."),
        ["no_pending_sign_in"] = new("No sign-in waits for this", "There is no sign-in that waits for this step, or it has ended. Sign in again."),
        ["antiforgery_invalid"] = new("Not sent by this application", "The request lacks a valid antiforgery token. Reload the page and try again."),
        ["rate_limited"] = new("Too many requests", "There were too many requests in a short time. Wait a moment, then try again."),
        ["unsupported_media_type"] = new("Not JSON", "The body of the request must be application/json in UTF-8."),
        ["body_missing"] = new("Nothing was sent", "The request needs a body."),
        ["body_too_large"] = new("Too much was sent", "The body of the request is larger than this call takes."),
        ["body_unreadable"] = new("Not sent whole", "The body of the request did not arrive whole."),
        ["json_malformed"] = new("Malformed JSON", "The body of the request is not well-formed JSON, or names a member twice."),
        ["body_invalid"] = new("The request does not fit", "The body of the request lacks a member, has one too many, or one of a wrong type."),
        ["parameter_invalid"] = new("A parameter does not fit", "A parameter of the address is unknown, given twice, missing or out of range."),
        ["code_malformed"] = new("Not a code", "That cannot be a code. Check for a typing error; it was not counted."),
        ["code_wrong"] = new("Wrong code", "That code is not right. Enter the code that the app shows now, and check that the device sets its clock automatically."),
        ["code_replayed"] = new("Code used already", "That code was used already. Wait for the next one; it was not counted."),
        ["start_over"] = new("Too many wrong codes", "There were too many wrong codes. Start the sign-in over."),
        ["locked_out"] = new("Account locked", "The account is locked after too many wrong attempts. Wait until the lock ends, or ask an administrator."),
        ["busy"] = new("Busy", "Too many codes are being checked just now. Try again in a moment; it was not counted."),
        ["contended"] = new("Busy", "Other requests came first. Try again in a moment; nothing was changed."),
        ["factor_unavailable"] = new("Codes cannot be checked", "Your codes cannot be checked at present. Tell an administrator; it was not counted."),
        ["clock_moved_back"] = new("The server's clock is wrong", "Codes cannot be checked because the server's clock is wrong. Tell an administrator; it was not counted."),
        ["region_refused"] = new("The account cannot be used here now", "The account is being moved to another region, or is not where it should be. Try again in a moment, else tell an administrator; nothing was counted."),
        ["sign_in_void"] = new("The sign-in has ended", "This sign-in has expired or was ended. Sign in again."),
        ["enrollment_not_pending"] = new("Nothing to confirm", "This set-up has expired, was confirmed already, or another one was begun since. Begin again."),
        ["account_name_invalid"] = new("Name not usable", "Authenticator apps cannot show the name of this account. Tell an administrator."),
        ["step_up_required"] = new("Confirm that it is you", "This needs a code entered a short while ago. Enter a code, then try again."),
        ["not_enrolled"] = new("No authenticator", "No authenticator is set up."),
        ["device_not_found"] = new("No such device", "There is no such trusted device; it may have been removed already."),
        ["not_authorized"] = new("Not allowed", "You may not do this. The attempt was recorded."),
        ["self_administration"] = new("Not for yourself", "Nobody does this to himself. Ask another administrator. The attempt was recorded."),
        ["other_organization"] = new("Not in your organisation", "This user does not belong to the organisation. The attempt was recorded."),
        ["shared_user"] = new("Shared with others", "Other organisations share this user's authenticator. Ask somebody who administrates all of them. The attempt was recorded."),
        ["no_second_factor"] = new("Set up your own first", "Set up two-factor authentication for yourself first; then you can act on users. The attempt was recorded."),
        ["value_invalid"] = new("A value does not fit", "A value is missing or out of range. Nothing was changed."),
        ["reset_needed"] = new("Only a reset helps", "Too many wrong codes have disabled the authenticator. Unlocking does not help; reset it."),
        ["user_not_found"] = new("No such user", "The organisation has no such user."),
        ["policy_invalid"] = new("The policy has faults", "The policy has faults. Nothing was changed."),
        ["policy_conflict"] = new("Changed meanwhile", "Somebody else has changed the policy since you read it. Nothing was changed; read it again."),
        ["members_use_two_factor"] = new("Members use two factors", "Single sign-on cannot exclude the second factor while members use one. Nothing was changed."),
        ["no_administrator_left"] = new("No administrator would be left", "With this policy no administrator could sign in any more. Let one set up an authenticator first. Nothing was changed."),
    };
}
