using System.Globalization;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Http;

namespace ConnectionReuse.Servers;

/// <summary>The response to <c>/bytes/N</c>: N bytes, for what a link makes of big bodies.</summary>
internal static class SizedResponse
{
    /// <summary>The biggest body: 16 MiB.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly PathString Prefix = new("/bytes");

    private static readonly byte[] Piece = Enumerable.Repeat((byte)'.', 64 * 1024).ToArray();

    /// <summary>Whether the request asks for a size.</summary>
    public static bool IsAskedBy(HttpRequest request) => request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal);

    /// <summary>Sends as many bytes as the path asks for; 404 when it names no number up to <see cref="MostBytes"/>.</summary>
    public static async Task RespondAsync(HttpContext context)
    {
        context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var size);
        if (!int.TryParse(size.Value.AsSpan().TrimStart('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > MostBytes)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = LocalResponse.ContentType;
        context.Response.ContentLength = bytes;
        for (var left = bytes; left > 0; left -= Piece.Length)
        {
            await context.Response.Body.WriteAsync(Piece.AsMemory(0, Math.Min(left, Piece.Length)), context.RequestAborted);
        }
    }
}
