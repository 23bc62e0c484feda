namespace TwoFactor.AspNetCore.Localization;

/// <summary>What a person reads of a problem.</summary>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Detail">What it means and what to do.</param>
public sealed record ProblemText(string Title, string Detail);
