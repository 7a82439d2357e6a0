using Microsoft.AspNetCore.Http;

namespace ConnectionReuse.Servers;

/// <summary>Requests with a body: the answer comes when all of it has arrived, as from a server that uses it.</summary>
internal static class Uploads
{
    public static RequestDelegate Before(RequestDelegate respond) => context =>
        HttpMethods.IsPost(context.Request.Method) ? ReadAsync(context, respond) : respond(context);

    private static async Task ReadAsync(HttpContext context, RequestDelegate respond)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await respond(context);
    }
}
