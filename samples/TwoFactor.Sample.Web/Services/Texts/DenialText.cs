using TwoFactor.Administration;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Why an administrative call was denied, in words.</summary>
public static class DenialText
{
    public static Notice Of(DenialReason reason) => new(NoticeKind.Error, "This was not done", reason switch
    {
        DenialReason.Self => "Nobody does this to himself. Ask another administrator.",
        DenialReason.OtherOrganization => "This user does not belong to your organisation.",
        DenialReason.SharedUser => "Another organisation shares this user\u2019s authenticator. Ask somebody who administrates both.",
        DenialReason.NoSecondFactor => "Set up two-factor authentication for yourself first; then you can act on users.",
        _ => "Your role does not allow it. The attempt was recorded.",
    });
}
