using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// A page without a handler for the request would be shown as it is, without what its handler loads: a post to a page that takes none, or a handler
/// that nobody has named. It answers 405 instead.
/// </summary>
public sealed class KnownHandlersOnly : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var handlers = context.ActionDescriptor.HandlerMethods;
        if (context.HandlerMethod is not null || handlers.Count == 0) return;
        var method = context.HttpContext.Request.Method;
        // A page that only takes posts is shown without a handler.
        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && !handlers.Any(handler => HttpMethods.IsGet(handler.HttpMethod))) return;
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
