using System.Buffers.Binary;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Http;

namespace ConnectionReuse.Servers;

/// <summary>The fixed response as the answer to a unary gRPC call, without protobuf.</summary>
internal static class GrpcResponse
{
    private const string ContentType = "application/grpc";
    private const int PrefixLength = 5; // a message is preceded by a compression flag and its length: gRPC over HTTP/2, Length-Prefixed-Message

    private static readonly byte[] Message = Prefixed(LocalResponse.Body.Span);

    public static bool IsAskedBy(HttpRequest request) => request.ContentType?.StartsWith(ContentType, StringComparison.Ordinal) == true;

    public static async Task RespondAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = ContentType;
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(Message, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static byte[] Prefixed(ReadOnlySpan<byte> body)
    {
        var message = new byte[PrefixLength + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length);
        body.CopyTo(message.AsSpan(PrefixLength));
        return message;
    }
}
