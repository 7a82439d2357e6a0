using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Grpc.Core;
using Grpc.Net.Client;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A gRPC channel for each unary call: a channel is a pool, and HTTP/2 would have carried all calls at once.</summary>
internal sealed class GrpcFreshChannel : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "grpc-fresh";

    /// <inheritdoc/>
    public override string Statement => "using var channel = GrpcChannel.ForAddress(url); client.CallAsync(request)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "grpc-shared";

    /// <inheritdoc/>
    public override string Advice => "keep one GrpcChannel for each address: clients over it are cheap, channels are not";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelH2c];

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override string? Unable(OwnRequest request) => GrpcExchange.Unable(request);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        return new Caller(CallAsync);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            target.ClientCreated?.Invoke();
            using var channel = GrpcExchange.Channel(target);
            return await GrpcExchange.CallAsync(channel, target, cancellationToken);
        }
    }
}

/// <summary>One gRPC channel for all calls.</summary>
internal sealed class GrpcSharedChannel : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "grpc-shared";

    /// <inheritdoc/>
    public override string Statement => "client.CallAsync(request)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelH2c];

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override string? Unable(OwnRequest request) => GrpcExchange.Unable(request);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var channel = GrpcExchange.Channel(target);
        return new Caller(cancellationToken => GrpcExchange.CallAsync(channel, target, cancellationToken), channel);
    }
}

/// <summary>One unary call without generated code: bytes in, bytes out.</summary>
internal static class GrpcExchange
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]> Method = new(MethodType.Unary, GrpcCall.Service, GrpcCall.Method, Bytes, Bytes);

    public static string? Unable(OwnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.IsPlainGet ? null : "a gRPC call has a method, headers and a message of its own";
    }

    public static GrpcChannel Channel(Target target) => GrpcChannel.ForAddress(target.Uri, new GrpcChannelOptions
    {
        HttpHandler = new HttpClientFactory(target).Handler(),
        DisposeHttpClient = true,
    });

    public static async Task<Version> CallAsync(GrpcChannel channel, Target target, CancellationToken cancellationToken)
    {
        var options = new CallOptions(deadline: DateTime.UtcNow + target.Timeout, cancellationToken: cancellationToken);
        try
        {
            using var call = channel.CreateCallInvoker().AsyncUnaryCall(Method, null, options, []);
            var answer = await call.ResponseAsync;
            Exchange.CheckLength(answer.Length, target);
            return HttpVersion.Version20; // gRPC has no other: the channel refuses an answer in an earlier one
        }
        catch (RpcException e)
        {
            throw new ExchangeException($"gRPC status {e.StatusCode}: {e.Status.Detail}");
        }
    }
}
