namespace TwoFactor.Sample.Web.Services.Texts;

public enum NoticeKind
{
    Info = 0,
    Success = 1,
    Warning = 2,
    Error = 3,
}

/// <summary>A message box: a title, and perhaps a sentence below.</summary>
public sealed record Notice(NoticeKind Kind, string Title, string? Text = null);
