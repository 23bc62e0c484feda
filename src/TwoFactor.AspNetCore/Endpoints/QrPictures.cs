using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Setup;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>The QR code of an offer. The offer comes in its ticket and not in the address, which logs and histories keep.</summary>
internal static class QrPictures
{
    public const string Svg = "image/svg+xml";
    public const string Png = "image/png";

    public static Results<FileContentHttpResult, TwoFactorProblem> Draw(WebSetup setup, UserId user, QrCodeRequest request)
    {
        if (request.Size is < QrCode.MinSize or > QrCode.MaxSize) return Fault("$.size", $"It must be from {QrCode.MinSize} to {QrCode.MaxSize}.");
        if (request.Format is not ("svg" or "png")) return Fault("$.format", "One of png, svg.");
        if (setup.ReadOffer(user, request.Ticket) is not { } offer) return new TwoFactorProblem(ProblemCode.EnrollmentNotPending);
        return request.Format == "svg"
            ? TypedResults.File(Encoding.UTF8.GetBytes(offer.ToSvg(request.Size)), Svg)
            : TypedResults.File(offer.ToPng(request.Size), Png);
    }

    private static TwoFactorProblem Fault(string field, string message) => new(ProblemCode.ValueInvalid) { Errors = [new(field, message)] };
}
